using System.Net;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Http;

namespace LlamaGate.Api.Tests.Requests;

public class RequestPrincipalTests
{
    private const string Header = "X-User";

    [Theory]
    [InlineData(ShareBy.Key, "192.0.2.1", "alice", "k")]
    [InlineData(ShareBy.Address, "192.0.2.1", "alice", "k/192.0.2.1")]
    [InlineData(ShareBy.Address, "::ffff:192.0.2.1", null, "k/192.0.2.1")]
    [InlineData(ShareBy.Address, "2001:db8:1:2:3:4:5:6", null, "k/2001:db8:1:2::/64")]
    [InlineData(ShareBy.User, "192.0.2.1", " alice ", "k/alice")]
    [InlineData(ShareBy.User, "192.0.2.1", "   ", "k")]
    [InlineData(ShareBy.User, "192.0.2.1", null, "k")]
    public void Of_Caller_IsAsTheKeyIsShared(ShareBy by, string address, string? user, string expected)
    {
        var principal = RequestPrincipal.Of(ContextOf(address, user), CallerOf(by));
        Assert.Equal((expected, "k"), (principal.Id, principal.KeyId));
        Assert.Equal((2.5, KeyPriority.High, 3, 7), (principal.Weight, principal.Priority, principal.MaxRunning, principal.MaxWaiting));
    }

    [Fact]
    public void Of_UserWithALongName_IsOnePrincipalEach()
    {
        var one = UserOf(new string('a', 128));
        Assert.Equal("k/" + new string('a', 128), one);
        var two = UserOf(new string('a', 128) + "b");
        Assert.NotEqual(two, UserOf(new string('a', 128) + "c"), StringComparer.Ordinal);
        Assert.Equal(2 + 64, two.Length);

        string UserOf(string name) => RequestPrincipal.Of(ContextOf("192.0.2.1", name), CallerOf(ShareBy.User)).Id;
    }

    [Theory]
    [InlineData(true, "k/alice", KeyPriority.Low)]
    [InlineData(false, "k/alice", null)]
    public void ToRequestContext_WithoutSharedHosts_NamesTheUserForTheAccountsAlone(bool isShared, string id, KeyPriority? priority)
    {
        var context = ContextOf("192.0.2.1", "alice");
        context.Request.Headers[RequestPriority.Header] = isShared ? "low" : "wrong";
        context.Features.Set(CallerOf(ShareBy.User));
        context.Features.Set(new Exchange("r1", 0, CacheDirectives.None) { SharesHosts = isShared });
        var request = context.ToRequestContext();
        Assert.Equal((id, priority), (request.Principal.Id, request.Priority));
    }

    [Theory]
    [InlineData("low", KeyPriority.Normal, KeyPriority.Low)]
    [InlineData(" Normal ", KeyPriority.High, KeyPriority.Normal)]
    [InlineData("HIGH", KeyPriority.High, KeyPriority.High)]
    [InlineData("high", KeyPriority.Normal, KeyPriority.Normal)]
    [InlineData("normal", KeyPriority.Low, KeyPriority.Low)]
    public void Priority_OfTheHeader_IsNeverHigherThanThePrincipals(string value, KeyPriority own, KeyPriority expected) =>
        Assert.Equal(expected, RequestPriority.Of(HeadersOf(value), new Principal("k", "k") { Priority = own }));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("low, high")]
    public void Priority_OfAWrongHeader_IsRefused(string value)
    {
        var failure = Assert.Throws<GatewayException>(() => RequestPriority.Of(HeadersOf(value), new Principal("k", "k")));
        Assert.Equal((GatewayError.InvalidRequest, "X-LlamaGate-Priority"), (failure.Error, failure.Path));
    }

    private static HeaderDictionary HeadersOf(string value) => new() { [RequestPriority.Header] = value };

    private static Caller CallerOf(ShareBy by) => new(
        "k",
        new CallerPolicy(1)
        {
            ShareBy = by,
            UserHeader = by is ShareBy.User ? Header : null,
            Weight = 2.5,
            Priority = KeyPriority.High,
            MaxRunning = 3,
            MaxWaiting = 7,
        });

    private static DefaultHttpContext ContextOf(string address, string? user)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Headers[Header] = user;
        return context;
    }
}
