using System.Net.Sockets;
using System.Text;

namespace LlamaGate.Api.Tests.Running;

/// <summary>Bytes to a gateway and all that comes back, for what no HTTP client would send or show.</summary>
internal static class RawExchange
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    /// <param name="gateway">Whom to send it to.</param>
    /// <param name="request">It must make the server close the connection.</param>
    public static async Task<string> SendAsync(RunningGateway gateway, string request)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.EndPoint, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, limit.Token);
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
