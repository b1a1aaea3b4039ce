using LlamaGate.Infrastructure.Ollama;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public class OllamaAddressTests
{
    [Theory]
    [InlineData("http://h:11434", "http://h:11434/api/chat")]
    [InlineData("http://h:11434/", "http://h:11434/api/chat")]
    [InlineData("https://h/sub", "https://h/sub/api/chat")]
    [InlineData("https://h/sub/deep//", "https://h/sub/deep/api/chat")]
    [InlineData("http://[::1]:1", "http://[::1]:1/api/chat")]
    [InlineData("http://me:pw@h:1/sub", "http://h:1/sub/api/chat")]
    public void Resolve_OnAnyAddress_KeepsItsPath(string address, string expected) =>
        Assert.Equal(
            expected, new OllamaAddress(new OllamaOptions { Address = new Uri(address), DisplayAddress = "" }).Resolve("api/chat").ToString());
}
