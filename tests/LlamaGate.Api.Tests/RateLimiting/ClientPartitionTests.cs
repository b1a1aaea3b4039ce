using System.Net;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Domain.Callers;
using Microsoft.AspNetCore.Http;

namespace LlamaGate.Api.Tests.RateLimiting;

public class ClientPartitionTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Of_Address_IsOneCustomersNetwork(string address, string expected) =>
        Assert.Equal(expected, ClientPartition.Of(IPAddress.Parse(address)));

    [Fact]
    public void Of_KeyHolder_IsOneClientWhereverItCallsFrom()
    {
        var context = ContextOf(new Caller("default", new CallerPolicy(1)) { HasKey = true });
        Assert.Equal(new ClientPartition("default", IsKey: true, RequestsPerSecond: 1), ClientPartition.Of(context, keyless: 7));
    }

    [Theory]
    [InlineData(10, 1, 10)]
    [InlineData(10, 2, 5)]
    [InlineData(10, 3, 3.334)]
    [InlineData(0.5, 4, 0.125)]
    [InlineData(0.001, 3, 0.001)]
    public void DividedBy_Replicas_IsTheirPartRoundedUp(double limit, int replicas, double part)
    {
        var whole = new ClientPartition("k", IsKey: true, (decimal)limit);
        Assert.Equal(whole with { RequestsPerSecond = (decimal)part }, whole.DividedBy(replicas));
    }

    [Fact]
    public void Of_Anonymous_IsTheAddress()
    {
        var context = ContextOf(new Caller("anonymous", new CallerPolicy(1)));
        Assert.Equal(new ClientPartition("127.0.0.1", IsKey: false, RequestsPerSecond: 7), ClientPartition.Of(context, keyless: 7));
    }

    /// <summary>An id can be written like an address, and must not share its bucket.</summary>
    [Fact]
    public void Of_KeyNamedLikeAnAddress_IsAnotherClient()
    {
        var context = ContextOf(new Caller("127.0.0.1", new CallerPolicy(7)) { HasKey = true });
        Assert.NotEqual(ClientPartition.Of(ContextOf(new Caller("anonymous", new CallerPolicy(7))), 7), ClientPartition.Of(context, 7));
    }

    private static DefaultHttpContext ContextOf(Caller caller)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Features.Set(caller);
        return context;
    }
}
