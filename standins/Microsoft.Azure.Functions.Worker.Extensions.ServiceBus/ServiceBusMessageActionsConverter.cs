using CityBrain.Embedded.ServiceBus.Triggers.Wire;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a parameter of type <see cref="ServiceBusMessageActions"/>.</summary>
internal sealed class ServiceBusMessageActionsConverter(Settlement.SettlementClient settlement) : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(ConversionResult.Success(new ServiceBusMessageActions(settlement)));
}
