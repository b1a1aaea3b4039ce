using System.Text;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Sharing;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>A gateway that shares emulated hosts and has an administrator: ADMIN_KEY, the key ops, and anna and bob, who are none.</summary>
internal sealed class AdminBed : IAsyncDisposable
{
    public const string StatusPath = "/admin/api/status";
    public const string AdminSecret = "admin-0123456789abcdef";
    public const string OpsSecret = "lg-ops-0123456789";

    private readonly TemporaryKeys _keys;

    private AdminBed(SharingBed hosts, TemporaryKeys keys) => (Sharing, _keys) = (hosts, keys);

    public static (string Name, string Value) Ops { get; } = Bearer(OpsSecret);

    public static (string Name, string Value) Anna { get; } = Bearer("lg-anna-0123456789");

    public static (string Name, string Value) Bob { get; } = Bearer("lg-bob-0123456789");

    public static (string Name, string Value) Admin { get; } = Bearer(AdminSecret);

    public SharingBed Sharing { get; }

    public static async Task<AdminBed> StartAsync(SharingSetup? setup = null, string opsMembers = "\"admin\":true")
    {
        var keys = new TemporaryKeys(
            TemporaryKeys.Key("ops", OpsSecret, opsMembers),
            TemporaryKeys.Key("anna", "lg-anna-0123456789", "\"weight\":2,\"tokens_per_day\":1000"),
            TemporaryKeys.Key("bob", "lg-bob-0123456789", "\"priority\":\"low\",\"share_by\":\"user:X-User\""));
        setup ??= new SharingSetup();
        var adjust = setup.Adjust;
        return new AdminBed(
            await SharingBed.StartAsync(setup with { Adjust = settings => adjust(settings with { KeysFile = keys.Path, AdminKey = AdminSecret }) }), keys);
    }

    /// <summary>Writes KEYS_FILE anew, with this key alone.</summary>
    /// <param name="members">Further members of the key.</param>
    public void WriteKey(string members, string id, string secret) => _keys.Write(TemporaryKeys.Key(id, secret, members));

    /// <summary>The header of a key.</summary>
    public static (string Name, string Value) Bearer(string secret) => ("Authorization", $"Bearer {secret}");

    public Task<HttpAnswer> StatusAsync() => Sharing.GetAsync(StatusPath, Ops);

    /// <summary>A change by ops.</summary>
    public Task<HttpAnswer> ChangeAsync(string path, params (string Name, string Value)[] headers) =>
        Sharing.PostAsync($"/admin/api/{path}", "", headers.Length > 0 ? headers : [Ops]);

    /// <summary>Reads the status until it is as wanted.</summary>
    public async Task<HttpAnswer> StatusAsync(Func<HttpAnswer, bool> condition)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (true)
        {
            var status = await StatusAsync();
            if (condition(status))
            {
                return status;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Opens the events.</summary>
    public async Task<HttpResponseMessage> FollowAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/api/events");
        request.Headers.TryAddWithoutValidation(Ops.Name, Ops.Value);
        return await Sharing.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Sends what no other method of the bed sends.</summary>
    public async Task<HttpAnswer> SendAsync(HttpMethod method, string path, string? contentType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (contentType is not null)
        {
            request.Content = new StringContent("{}", Encoding.UTF8);
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Sharing.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        await Sharing.DisposeAsync();
        _keys.Dispose();
    }
}
