namespace CityBrain.Rehearsal.Plan;

/// <summary>Something wrong that is sent on purpose, and the answer that it must get.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="At">When it is sent.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Status">The HTTP status that it must get.</param>
/// <param name="Outcome">For an appeal the code of the problem, for an event the reason in the dead-letter queue; null: refused at the door.</param>
/// <param name="Forged">True: sent with a key that nobody has.</param>
internal sealed record Mishap(string Name, DateTimeOffset At, string Body, int Status, string? Outcome, bool Forged = false);
