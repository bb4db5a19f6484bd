using CityBrain.Embedded;

try
{
    await using var host = await EmbeddedHost.StartAsync(args);
    Console.WriteLine(host.WhatNext);
    await host.WaitForShutdownAsync();
    return 0;
}
catch (Exception failure) when (failure is InvalidOperationException or Microsoft.Extensions.Options.OptionsValidationException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
