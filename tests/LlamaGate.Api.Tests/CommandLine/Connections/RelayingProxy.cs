using System.Net.Sockets;
using System.Text;

namespace LlamaGate.Api.Tests.CommandLine.Connections;

/// <summary>A reverse proxy before a server, which passes answers on as they come, or holds them until they are whole.</summary>
internal sealed class RelayingProxy(Uri target, bool buffers) : IAsyncDisposable
{
    private readonly ScriptedServer _server = new((client, head, cancellationToken) =>
        RelayAsync(client, head, target, buffers, cancellationToken));

    public Uri Root => _server.Root;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task RelayAsync(
        NetworkStream client, string head, Uri target, bool buffers, CancellationToken cancellationToken)
    {
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(target.Host, target.Port, cancellationToken);
        var server = upstream.GetStream();
        var request = head[..^2] + "Connection: close\r\n\r\n";
        await server.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = client.CopyToAsync(server, answered.Token);
        if (buffers)
        {
            using var whole = new MemoryStream();
            await server.CopyToAsync(whole, cancellationToken);
            await client.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length), cancellationToken);
        }
        else
        {
            await server.CopyToAsync(client, cancellationToken);
        }

        await answered.CancelAsync();
        await sending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
