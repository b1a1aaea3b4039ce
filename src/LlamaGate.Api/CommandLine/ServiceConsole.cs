using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security;
using LlamaGate.Api.Lifetime;
using Microsoft.Extensions.Hosting.WindowsServices;

namespace LlamaGate.Api.CommandLine;

/// <summary>
/// A Windows service has no terminal and starts in the system's directory. This class sets the working directory to the
/// binary's own, so that the <c>.env</c> next to it is used, and writes errors to the event log.
/// </summary>
internal static class ServiceConsole
{
    private const string AnySystemHasIt = "Application";

    public static async Task<int> RunAsync(string[] args)
    {
        if (!OperatingSystem.IsWindows() || !WindowsServiceHelpers.IsWindowsService())
        {
            return await GatewayCommand.RunAsync(args, Console.Out, Console.Error);
        }

        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        await using var complaints = new StringWriter();
        var exitCode = await GatewayCommand.RunAsync(args, Console.Out, complaints);
        if (complaints.ToString() is { Length: > 0 } text)
        {
            Report(text);
        }

        return exitCode;
    }

    [SupportedOSPlatform("windows")]
    private static void Report(string text)
    {
        try
        {
            EventLog.WriteEntry(WindowsService.Name, text, EventLogEntryType.Error);
        }
        catch (Exception exception) when (exception is SecurityException or InvalidOperationException)
        {
            // The account may not register an event source; the installer does that.
            EventLog.WriteEntry(AnySystemHasIt, $"{WindowsService.Name}: {text}", EventLogEntryType.Error);
        }
    }
}
