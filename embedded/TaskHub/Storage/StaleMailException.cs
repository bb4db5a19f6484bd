namespace CityBrain.Embedded.TaskHub;

/// <summary>A message was delivered a second time after a turn had consumed it; the turn is undone and taken again from the tables.</summary>
internal sealed class StaleMailException() : Exception("A message of the turn was consumed before.");
