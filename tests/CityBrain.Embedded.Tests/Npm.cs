using System.Diagnostics;
using System.Security.Cryptography;

namespace CityBrain.Embedded.Tests;

/// <summary>
/// Runs JavaScript with the packages that a folder's package.json names. Packages are installed once for each package.json, in the
/// machine's folder for temporary files. Without Node.js or a registry the test is skipped, but in CI (variable <c>CI</c> set) it fails.
/// </summary>
internal static class Npm
{
    private static readonly TimeSpan LongestInstall = TimeSpan.FromMinutes(5);

    /// <summary>Runs a script of a folder and returns what it printed.</summary>
    /// <param name="folder">Folder in the test's output, relative, with package.json and the scripts.</param>
    /// <param name="script">File name.</param>
    /// <param name="arguments">For the script.</param>
    /// <exception cref="InvalidOperationException">The script failed; the message has its output.</exception>
    public static async Task<string> RunAsync(string folder, string script, params string[] arguments)
    {
        var installed = await InstallAsync(Path.Combine(AppContext.BaseDirectory, folder));
        var (code, output) = await StartAsync("node", [Path.Combine(installed, script), .. arguments], installed, TimeSpan.FromMinutes(3));
        return code == 0 ? output : throw new InvalidOperationException($"{script} ended with {code}:\n{output}");
    }

    private static async Task<string> InstallAsync(string source)
    {
        var package = Path.Combine(source, "package.json");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(package)))[..16];
        var folder = Path.Combine(Path.GetTempPath(), "citybrain-npm-" + hash);
        var marker = Path.Combine(folder, ".installed");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        if (!File.Exists(marker))
        {
            try
            {
                var (code, output) = await StartAsync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], folder, LongestInstall);
                if (code != 0)
                {
                    throw new InvalidOperationException($"npm install ended with {code}:\n{output}");
                }
            }
            catch (Exception failed) when (Environment.GetEnvironmentVariable("CI") is not { Length: > 0 } && failed is InvalidOperationException or TimeoutException or System.ComponentModel.Win32Exception)
            {
                Assert.Skip($"JavaScript packages could not be installed, so this was NOT tested: {failed.Message}");
            }

            await File.WriteAllTextAsync(marker, "");
        }

        return folder;
    }

    private static async Task<(int Code, string Output)> StartAsync(string command, IEnumerable<string> arguments, string folder, TimeSpan longest)
    {
        using var process = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() && command == "npm" ? "npm.cmd" : command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(longest);
            return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
