using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security;
using LlamaGate.Api.Lifetime;
using Microsoft.Extensions.Hosting.WindowsServices;

namespace LlamaGate.Api.CommandLine;

/// <summary>
/// A Windows service has no terminal and starts in the system's directory. Here it gets what a person would have: the
/// binary's own directory, so that the <c>.env</c> beside it counts, and a place for complaints, the event log.
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
            // The account may not register a source of its own, which is the installer's to do.
            EventLog.WriteEntry(AnySystemHasIt, $"{WindowsService.Name}: {text}", EventLogEntryType.Error);
        }
    }
}
