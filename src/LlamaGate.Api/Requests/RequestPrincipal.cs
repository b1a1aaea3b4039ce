using System.Security.Cryptography;
using System.Text;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Requests;

/// <summary>Who is charged for a request on shared hosts.</summary>
internal static class RequestPrincipal
{
    public static Principal Of(HttpContext context, Caller caller) => Principal.Of(caller, caller.Policy.ShareBy switch
    {
        ShareBy.Address => ClientPartition.Of(context.Connection.RemoteIpAddress),
        ShareBy.User when caller.Policy.UserHeader is { } header => UserOf(context.Request.Headers[header].ToString().Trim()),
        _ => null,
    });

    /// <summary>Null without a name. A long one becomes its hash: cut off, two users could become one.</summary>
    private static string? UserOf(string name) => name.Length switch
    {
        0 => null,
        <= Principal.MaxUserLength => name,
        _ => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))),
    };
}
