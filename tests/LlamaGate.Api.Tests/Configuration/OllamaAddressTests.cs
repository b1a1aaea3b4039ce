using System.Text;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

public class OllamaAddressTests
{
    [Theory]
    [InlineData("http://h", null)]
    [InlineData("http://me:pw@h", "me:pw")]
    [InlineData("http://me:p%40%C3%A9@h", "me:p@é")]
    [InlineData("http://me@h", "me:")]
    public void AuthorizationOf_Credentials_IsBasic(string address, string? credentials)
    {
        var authorization = OllamaAddress.AuthorizationOf(new Uri(address));
        Assert.Equal(credentials is null ? null : "Basic", authorization?.Scheme);
        Assert.Equal(
            credentials, authorization is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(authorization.Parameter!)));
    }

    [Theory]
    [InlineData("localhost", "http://localhost:11434/")]
    [InlineData("LOCALHOST", "http://localhost:11434/")]
    [InlineData("localhost/sub", "http://localhost:11434/sub")]
    [InlineData("192.168.1.5", "http://192.168.1.5:11434/")]
    [InlineData("::1", "http://[::1]:11434/")]
    [InlineData("[::1]", "http://[::1]:11434/")]
    [InlineData("fd00::5", "http://[fd00::5]:11434/")]
    [InlineData("me:pw@192.168.1.5", "http://me:pw@192.168.1.5:11434/")]
    public void TryParse_AddressWithoutAPort_MeansOllamasPort(string text, string expected)
    {
        Assert.True(OllamaAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.AbsoluteUri);
    }

    [Theory]
    [InlineData("0.0.0.0:11434", "http://127.0.0.1:11434/")]
    [InlineData("https://me:pw@0.0.0.0:1/sub", "https://me:pw@127.0.0.1:1/sub")]
    [InlineData("[::]:11434", "http://[::1]:11434/")]
    [InlineData("http://[::0]:1", "http://[::1]:1/")]
    [InlineData("10.0.0.0:1", "http://10.0.0.0:1/")]
    [InlineData("0.0.0.0", "http://127.0.0.1:11434/")]
    [InlineData("::", "http://[::1]:11434/")]
    [InlineData("[::]", "http://[::1]:11434/")]
    [InlineData(":11434", "http://127.0.0.1:11434/")]
    [InlineData(":1", "http://127.0.0.1:1/")]
    public void TryParse_AllAddresses_IsThisMachine(string text, string expected)
    {
        Assert.True(OllamaAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.AbsoluteUri);
    }
}
