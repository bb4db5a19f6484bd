namespace CityBrain.Rehearsal.Show;

/// <summary>Shows how the play stands while it runs.</summary>
internal interface IView
{
    /// <summary>Shows snapshots until the play has ended.</summary>
    Task ShowAsync(Func<Snapshot> look, Task play);
}
