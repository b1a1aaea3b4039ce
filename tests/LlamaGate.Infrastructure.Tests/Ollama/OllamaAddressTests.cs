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
        Assert.Equal(expected, new OllamaAddress(new Uri(address)).Resolve("api/chat").ToString());

    [Theory]
    [InlineData("http://h", null)]
    [InlineData("http://me:pw@h", "me:pw")]
    [InlineData("http://me:p%40%C3%A9@h", "me:p@é")]
    [InlineData("http://me@h", "me:")]
    public void Authorization_OfCredentials_IsBasic(string address, string? credentials)
    {
        var authorization = new OllamaAddress(new Uri(address)).Authorization;
        Assert.Equal(credentials is null ? null : "Basic", authorization?.Scheme);
        Assert.Equal(
            credentials, authorization is null ? null : System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(authorization.Parameter!)));
    }
}
