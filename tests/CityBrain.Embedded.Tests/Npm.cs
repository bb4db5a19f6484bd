using System.Diagnostics;

namespace CityBrain.Embedded.Tests;

/// <summary>
/// Node and packages from npm for tests. A package is installed once, into a folder of its name and version under the temporary folder.
/// Where there is no Node or the installation fails the test is skipped with a word why; where the variable CI is <c>true</c> it fails.
/// </summary>
internal static class Npm
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Installs <c>name@version</c> if need be; returns the folder that holds <c>node_modules</c>.</summary>
    public static async Task<string> InstallAsync(string name, string version)
    {
        var (node, npm) = (Find("node"), Find("npm"));
        Require(node is not null && npm is not null, $"{name} needs Node and npm on the PATH; install Node 20 or later.");
        var cache = Path.Combine(Path.GetTempPath(), $"citybrain-npm-{name.Trim('@').Replace('/', '-')}-{version}-{Environment.UserName}");
        if (Directory.Exists(cache))
        {
            return cache;
        }

        // Into a folder of its own, then moved into place, so that test runs at the same time never see half an installation.
        var staging = Directory.CreateTempSubdirectory("citybrain-npm-install-").FullName;
        using var install = Start(npm!, "install", $"{name}@{version}", "--prefix", staging, "--no-audit", "--no-fund", "--loglevel=error");
        var ended = await Task.WhenAny(install.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(InstallTimeout, TestContext.Current.CancellationToken));
        if (!install.HasExited)
        {
            install.Kill(entireProcessTree: true);
        }

        await ended;
        Require(install is { HasExited: true, ExitCode: 0 }, $"npm could not install {name}@{version} within {InstallTimeout.TotalMinutes} minutes.");
        try
        {
            Directory.Move(staging, cache);
        }
        catch (IOException) when (Directory.Exists(cache))
        {
            Directory.Delete(staging, recursive: true);
        }

        return cache;
    }

    /// <summary>Starts Node and lets it run; what it prints is dropped.</summary>
    public static Process StartNode(params string[] arguments) => Start(Find("node")!, arguments);

    /// <summary>Runs a script to its end, two minutes at most, and tells its exit code and all that it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunNodeAsync(params string[] arguments)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        using var process = Process.Start(new ProcessStartInfo(Find("node")!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
            var text = await output + await errors;
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, text);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + (program == "node" ? ".exe" : ".cmd") : program))
        .FirstOrDefault(File.Exists);

    private static void Require(bool condition, string reason)
    {
        Assert.SkipUnless(condition || Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.True(condition, reason);
    }
}
