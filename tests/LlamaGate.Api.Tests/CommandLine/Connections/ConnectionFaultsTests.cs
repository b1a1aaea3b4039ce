using System.Net.Sockets;
using LlamaGate.Api.CommandLine.Connections;

namespace LlamaGate.Api.Tests.CommandLine.Connections;

public class ConnectionFaultsTests
{
    public static TheoryData<Exception> LostConnections() =>
        [new HttpRequestException("reset"), new IOException(), new SocketException((int)SocketError.NotConnected)];

    [Theory]
    [MemberData(nameof(LostConnections))]
    public void Of_ALostConnection_IsBroken(Exception lost) => Assert.Equal(ConnectionFault.Broken, ConnectionFaults.Of(lost));

    [Fact]
    public void Of_AnotherException_IsNull() => Assert.Null(ConnectionFaults.Of(new InvalidOperationException()));
}
