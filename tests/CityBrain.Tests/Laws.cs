using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests;

/// <summary>Checks a law on generated examples.</summary>
internal static class Laws
{
    /// <summary>The law holds for every example; the exception of one that fails shows the example.</summary>
    public static void Holds<T>(Gen<T> examples, Action<T> law, int times = 200) =>
        Prop.ForAll(Arb.From(examples), example => law(example)).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
