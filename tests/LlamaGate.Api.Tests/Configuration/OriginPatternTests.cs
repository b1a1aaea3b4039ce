using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

public class OriginPatternTests
{
    [Theory]
    [InlineData("https://chat.example.com", "https://chat.example.com", true)]
    [InlineData("https://Chat.example.com/", "https://chat.example.com", true)]
    [InlineData("https://chat.example.com:443", "https://chat.example.com", true)]
    [InlineData("http://chat.example.com:80", "http://chat.example.com", true)]
    [InlineData("https://chat.example.com", "https://chat.example.com:444", false)]
    [InlineData("https://chat.example.com:444", "https://chat.example.com:444", true)]
    [InlineData("https://chat.example.com:*", "https://chat.example.com:444", true)]
    [InlineData("https://chat.example.com:*", "https://chat.example.com", true)]
    [InlineData("https://*.example.com", "https://a.b.example.com", true)]
    [InlineData("https://*.example.com", "https://example.com", false)]
    [InlineData("https://*.example.com", "https://evilexample.com", false)]
    [InlineData("https://*.example.com", "https://.example.com", false)]
    [InlineData("http://[::1]:3000", "http://[::1]:3000", true)]
    [InlineData("chrome-extension://*", "chrome-extension://abcdef", true)]
    [InlineData("chrome-extension://abcdef", "chrome-extension://abcdef", true)]
    [InlineData("chrome-extension://abcdef", "chrome-extension://abcdeg", false)]
    [InlineData("https://*", "http://chat.example.com", false)]
    [InlineData("*", "null", true)]
    [InlineData("https://chat.example.com", "null", false)]
    [InlineData("https://chat.example.com", "", false)]
    public void Matches_OriginsOfBrowsers_AsWritten(string pattern, string origin, bool expected) =>
        Assert.Equal(expected, OriginPattern.Parse(pattern)!.Matches(OriginPattern.ParseOrigin(origin)));

    [Theory]
    [InlineData("chat.example.com")]
    [InlineData("https://")]
    [InlineData("https://a b")]
    [InlineData("https://chat.example.com/path")]
    [InlineData("http://10.0.0.*")]
    [InlineData("http://ex*mple.com")]
    [InlineData("https://*.*.com")]
    [InlineData("https://user@chat.example.com")]
    [InlineData("https://chat.example.com:port")]
    [InlineData("**")]
    [InlineData("null")]
    public void Parse_WhatIsNoPattern_IsNull(string text) => Assert.Null(OriginPattern.Parse(text));

    [Fact]
    public void ParseList_OneThatIsNone_IsNull() => Assert.Null(OriginPattern.ParseList("https://a.example,b.example"));

    [Fact]
    public void ParseList_CommasAndBlanks_PartPatterns() => Assert.Equal(
        "https://a.example app://*", string.Join(' ', OriginPattern.ParseList(" https://a.example, app://* ,")!));
}
