using System.Net.Http.Headers;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public class OllamaHostTests
{
    [Theory]
    [InlineData("http://h:11434", "http://h:11434/api/chat")]
    [InlineData("http://h:11434/", "http://h:11434/api/chat")]
    [InlineData("https://h/sub", "https://h/sub/api/chat")]
    [InlineData("https://h/sub/deep//", "https://h/sub/deep/api/chat")]
    [InlineData("http://[::1]:1", "http://[::1]:1/api/chat")]
    [InlineData("http://me:pw@h:1/sub", "http://h:1/sub/api/chat")]
    public void Resolve_OnAnyAddress_KeepsItsPath(string address, string expected) =>
        Assert.Equal(expected, Host(address).Resolve("api/chat").ToString());

    [Fact]
    public void Host_OfAnAddressWithCredentials_ShowsNone()
    {
        var host = Host("http://me:pw@h:1/sub");
        Assert.Equal("h", host.Name);
        Assert.Equal("http://h:1/sub/", host.Address.ToString());
        Assert.Equal("http://h:1/sub", host.DisplayAddress);
        Assert.Equal("Bearer", host.Authorization?.Scheme);
    }

    private static OllamaHost Host(string address) => new(new OllamaHostOptions
    {
        Name = "h",
        Address = new Uri(address),
        DisplayAddress = "http://h:1/sub",
        Authorization = () => new AuthenticationHeaderValue("Bearer", "x"),
    });
}
