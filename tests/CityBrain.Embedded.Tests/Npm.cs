using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace CityBrain.Embedded.Tests;

/// <summary>
/// Node and packages from npm for tests. What a package.json names is installed once, into a folder of its own under the temporary folder. Where there is no Node, or the
/// installation fails or takes longer than five minutes, the test is skipped with a word why; where the variable CI is <c>true</c> it fails.
/// </summary>
internal static class Npm
{
    private static readonly TimeSpan LongestInstall = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);

    /// <summary>Installs <c>name@version</c> if need be; returns the folder that holds <c>node_modules</c>.</summary>
    public static Task<string> InstallAsync(string name, string version) => InstallAsync($$"""{ "private": true, "dependencies": { "{{name}}": "{{version}}" } }""");

    /// <summary>Runs a script with the packages of the package.json beside it, and returns what it printed.</summary>
    /// <param name="folder">Folder in the test's output, relative, with package.json and the scripts.</param>
    /// <param name="script">File name.</param>
    /// <param name="arguments">For the script.</param>
    /// <exception cref="InvalidOperationException">The script failed; the message has its output.</exception>
    public static async Task<string> RunAsync(string folder, string script, params string[] arguments)
    {
        var source = Path.Combine(AppContext.BaseDirectory, folder);
        var installed = await InstallAsync(await File.ReadAllTextAsync(Path.Combine(source, "package.json"), TestContext.Current.CancellationToken));
        var run = Directory.CreateDirectory(Path.Combine(installed, $"run-{Guid.NewGuid():n}")).FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(source))
            {
                File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
            }

            var (code, output) = await RunToEndAsync(Find("node")!, [Path.Combine(run, script), .. arguments], run, LongestRun);
            return code == 0 ? output : throw new InvalidOperationException($"{script} ended with {code}:\n{output}");
        }
        finally
        {
            Directory.Delete(run, recursive: true);
        }
    }

    /// <summary>Starts Node; its output can be read by events only.</summary>
    public static Process StartNode(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Find("node")!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<string> InstallAsync(string packageJson)
    {
        var npm = Find("npm");
        Require(Find("node") is not null && npm is not null, "This needs Node and npm on the PATH; install Node 20 or later.");
        var cache = Path.Combine(Path.GetTempPath(), $"citybrain-npm-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(packageJson)))[..16]}-{Environment.UserName}");
        if (Directory.Exists(cache))
        {
            return cache;
        }

        // Into a folder of its own, then moved into place, so that test runs at the same time never see half an installation.
        var staging = Directory.CreateTempSubdirectory("citybrain-npm-install-").FullName;
        await File.WriteAllTextAsync(Path.Combine(staging, "package.json"), packageJson, TestContext.Current.CancellationToken);
        var (code, output) = await RunToEndAsync(npm!, ["install", "--no-audit", "--no-fund", "--loglevel=error"], staging, LongestInstall);
        Require(code == 0, $"npm could not install what the test needs, so this was NOT tested: {output}");
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

    /// <summary>Exit code and output; code -1 when it took too long.</summary>
    private static async Task<(int Code, string Output)> RunToEndAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan longest)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(longest);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"it took longer than {longest.TotalMinutes} minutes");
        }
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
