using CityBrain;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<UnhandledErrors>();
builder.Services.AddCityBrain(builder.Configuration);

// A conflict, a missing row or a condition not met is an outcome that the stores expect, not a warning.
builder.Logging.AddFilter("Azure.Core", LogLevel.Error);
builder.Build().Run();
