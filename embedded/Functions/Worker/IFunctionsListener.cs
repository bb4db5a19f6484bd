
namespace CityBrain.Embedded.Functions.Worker;

/// <summary>Runs functions of one kind of trigger. It begins when the app is ready for the first time, and ends with the host; while the worker is lost, what it invokes waits.</summary>
internal interface IFunctionsListener
{
    /// <summary>Begins with the functions of the app.</summary>
    /// <exception cref="InvalidOperationException">What a function says about its trigger is wrong; the sentence says what to write.</exception>
    Task UseAsync(IReadOnlyList<WorkerFunction> functions, CancellationToken cancellationToken);

    /// <summary>Begins nothing new, and waits for what runs until the token is cancelled.</summary>
    Task PauseAsync(CancellationToken cancellationToken);
}
