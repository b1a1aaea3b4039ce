using System.Net;
using System.Net.Sockets;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Can this gateway listen on CLUSTER_ADDRESS, and can it reach the others?</summary>
internal sealed class ClusterPortCheck : IDiagnosis
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(2);

    public string Name => "cluster-port";

    public TimeSpan Limit => TimeSpan.FromSeconds(20);

    public Needs Needs => Needs.Configuration;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var address = context.Settings.ClusterAddress;
        if (FindFault(address) is { } fault)
        {
            return new Finding(
                Severity.Error, $"The gateway cannot listen on CLUSTER_ADDRESS {address}.", fault, "Set CLUSTER_ADDRESS to an address of this machine.");
        }

        var members = context.Redis?.Members.Select(member => IPEndPoint.Parse(member.Address)).ToList() ?? [];
        var reached = await Task.WhenAll(members.Select(member => ReachesAsync(member, cancellationToken)));
        var missed = members.Where((_, at) => !reached[at]).ToList();
        return missed.Count == 0
            ? new Finding(Severity.Ok, $"The gateway can listen on {address}, and reach {members.Count} gateways that are in Redis' list.")
            : new Finding(
                Severity.Warning, "Some gateways cannot be reached.", $"Nobody answers at {string.Join(", ", missed)}.",
                "A gateway that was just killed disappears from the list by itself. Else open the port of CLUSTER_ADDRESS between the machines.");
    }

    /// <summary>A port in use is the running gateway's.</summary>
    private static string? FindFault(IPEndPoint address)
    {
        try
        {
            using var probe = new TcpListener(address);
            probe.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => null,
                SocketError.AddressNotAvailable => "This machine does not have this address.",
                SocketError.AccessDenied => "The system does not permit it.",
                _ => "The system refused it.",
            };
        }
    }

    private static async Task<bool> ReachesAsync(IPEndPoint member, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(ConnectTime);
            using var client = new TcpClient(member.AddressFamily);
            await client.ConnectAsync(member, limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
