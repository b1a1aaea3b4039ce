using System.Net;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.CommandLine.Connections;

public sealed class GatewayAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:9000/")]
    [InlineData("0.0.0.0", "http://127.0.0.1:9000/")]
    [InlineData("::", "http://[::1]:9000/")]
    [InlineData("::1", "http://[::1]:9000/")]
    [InlineData("192.168.7.8", "http://192.168.7.8:9000/")]
    [InlineData("fd00::7", "http://[fd00::7]:9000/")]
    public void Local_AnyListenAddress_IsOneToConnectTo(string listen, string expected) => Assert.Equal(
        expected,
        GatewayAddress.Local(new GatewaySettings { ListenAddress = IPAddress.Parse(listen), Port = 9000 }).AbsoluteUri);

    [Theory]
    [InlineData("http://h:1", "http://h:1/readyz")]
    [InlineData("https://h/llm/", "https://h/llm/readyz")]
    [InlineData("https://h/llm", "https://h/llm/readyz")]
    public void Resolve_RootWithOrWithoutPath_KeepsIt(string root, string expected) =>
        Assert.Equal(expected, GatewayAddress.Resolve(new Uri(root), "/readyz").AbsoluteUri);
}
