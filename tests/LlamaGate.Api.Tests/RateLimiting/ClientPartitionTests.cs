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
        Assert.Equal("key", ClientPartition.Of(context));
    }

    [Fact]
    public void Of_Anonymous_IsTheAddress()
    {
        var context = ContextOf(new Caller("anonymous", new CallerPolicy(1)));
        Assert.Equal("127.0.0.1", ClientPartition.Of(context));
    }

    private static DefaultHttpContext ContextOf(Caller caller)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Features.Set(caller);
        return context;
    }
}
