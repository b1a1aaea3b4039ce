using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;

namespace LlamaGate.Api.Tests.Configuration.Hosts;

public class HostListTextTests
{
    /// <summary>The value, and each host as name, address and user information.</summary>
    public static TheoryData<string, string> Lists => new()
    {
        { "http://a:1,http://b:2", "a:1 http://a:1/ | b:2 http://b:2/" },
        { "one=http://a:1, two=b:2 ,10.0.0.5", "one http://a:1/ | two http://b:2/ | 10.0.0.5:11434 http://10.0.0.5:11434/" },
        { "gpu-1.lan_x=https://a/ollama", "gpu-1.lan_x https://a/ollama" },
        { "a=http://u:p@h:1,b=http://h:2", "a http://u:p@h:1/ | b http://h:2/" },
        { "http://h/x,http://i/y", "h http://h/x | i http://i/y" },
        { "[::1],localhost", "[::1]:11434 http://[::1]:11434/ | localhost:11434 http://localhost:11434/" },
    };

    /// <summary>Values that are one address, as they always were.</summary>
    public static TheoryData<string> Single =>
        ["http://h/v1/x", "http://h/myapi", "http://u:pa,ss=x@h:1", "http://u=x:p@h:1", "http://h/a,b", "http://h/a=b", "127.0.0.1", ":11434", "https://h", "u=x:pw@h:11434"];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Parse_List_HasEachHost(string text, string expected)
    {
        var hosts = HostListText.Parse(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected, string.Join(" | ", hosts!.Select(host => $"{host.Name} {host.Address.OriginalString.TrimEnd()}".Replace(host.Address.OriginalString, host.Address.AbsoluteUri, StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Single))]
    public void Parse_OneAddress_IsReadAsBefore(string text)
    {
        Assert.True(OllamaAddress.TryParse(text, out var address));
        var host = Assert.Single(HostListText.Parse(text, out _)!);
        Assert.Equal((address.Authority, address), (host.Name, host.Address));
    }

    [Theory]
    [InlineData("http://a:1,foo", "entry 2, \"foo\", is not allowed")]
    [InlineData("http://a:1,", "entry 2, \"\", is not allowed")]
    [InlineData("a b=http://a:1,http://c:1", "entry 1, \"a b=http://a:1\", is not allowed")]
    [InlineData("http://a:1,http://u:pw@:x", "entry 2, \"***@:x\", is not allowed")]
    [InlineData("a=http://a:1,A=http://b:1", "two hosts have the name \"a\"")]
    [InlineData("http://a:1/x,http://a:1/y", "two hosts have the name \"a:1\"")]
    [InlineData("one=http://a:1,b:1,two=http://u:pw@A:1/", "entry 3, \"two\", has the same address as entry 1, \"one\": http://a:1; correct it, or remove one")]
    [InlineData("http://a,http://a:80/", "entry 2, \"a\", has the same address as entry 1, \"a\": http://a; correct it, or remove one")]
    [InlineData("http://a:1,b=http://u:pw@b:1/v1", "entry 2, http://b:1/v1, must not end in /v1; leave it out, because the gateway adds the API's path")]
    [InlineData("http://u:pw@127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1 must not end in /v1; leave it out, because the gateway adds the API's path")]
    [InlineData("localhost/ollama/API/", "http://localhost:11434/ollama/API must not end in /api; leave it out, because the gateway adds the API's path")]
    public void Parse_FaultyList_NamesTheEntry(string text, string expected)
    {
        Assert.Null(HostListText.Parse(text, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooManyHosts_IsRefused()
    {
        var text = string.Join(',', Enumerable.Range(1, ConfiguredHost.MaxHosts + 1).Select(number => $"http://h:{number}"));
        Assert.Null(HostListText.Parse(text, out var problem));
        Assert.Equal("65 hosts are too many; allowed: at most 64", problem);
        Assert.Equal(64, HostListText.Parse(text[..text.LastIndexOf(',')], out _)!.Count);
    }

    [Fact]
    public void Variable_List_IsShownWithoutCredentialsAndReadsBack()
    {
        var variable = Variables.All.Single(one => one.Name == "OLLAMA_HOST");
        var settings = variable.Apply(new GatewaySettings(), "one=http://me:pw@a:1/x,http://b:2")!;
        Assert.Equal("one=http://a:1/x,http://b:2", variable.Show(settings));
        Assert.Equal("with a user name or password (set, not shown)", variable.Note(settings));
        Assert.Equal(variable.Show(settings), variable.Show(variable.Apply(settings, variable.Show(settings))!));
        Assert.True(settings.SharesHosts);
    }

    [Theory]
    [InlineData("foo", "OLLAMA_HOST: \"foo\" is not allowed; allowed: an http:// or https:// URL, host:port, an IP address or localhost")]
    [InlineData("x://u:pw@h", "OLLAMA_HOST: \"***@h\" is not allowed; allowed: an http:// or https:// URL, host:port, an IP address or localhost")]
    public void Variable_OneRefusedValue_IsNamedAsBefore(string text, string expected) =>
        Assert.Equal(expected, Variables.All.Single(one => one.Name == "OLLAMA_HOST").Refuse(text));
}
