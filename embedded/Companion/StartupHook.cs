using System.Diagnostics;
using System.Runtime.Loader;

// The runtime looks for a class of this name without a namespace, in the assemblies that DOTNET_STARTUP_HOOKS names, before the app's Main.
#pragma warning disable CA1050

/// <summary>Makes this assembly known to the app's process, and ends the process when its host is gone.</summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        var self = typeof(StartupHook).Assembly;
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == self.GetName().Name ? self : null;
        new Thread(EndWithHost) { IsBackground = true, Name = "host-watch" }.Start();
    }

    /// <summary>The host holds the other end of standard input and writes nothing; it is closed when the host ends, however it ends.</summary>
    private static void EndWithHost()
    {
        using var input = Console.OpenStandardInput();
        try
        {
            while (input.ReadByte() >= 0)
            {
            }
        }
        catch (IOException)
        {
            // As good as closed.
        }

        // Nothing of an orderly end could reach the host any more, and what was under way is done again.
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
