using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Sharing;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>Who may administer, and from where.</summary>
public sealed class AdminAccessTests
{
    private const string Status = AdminBed.StatusPath;

    [Fact]
    public async Task Status_WithAnAdminKey_NamesTheKey()
    {
        await using var bed = await AdminBed.StartAsync();
        Assert.Equal("ops", (await bed.StatusAsync()).Json.GetProperty("key").GetString());
        Assert.Equal("admin", (await bed.Sharing.GetAsync(Status, AdminBed.Admin)).Json.GetProperty("key").GetString());
        Assert.Equal("admin", (await bed.Sharing.GetAsync(Status, ("X-API-Key", AdminBed.AdminSecret))).Json.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Status_WithoutAnAdminKey_IsRefused()
    {
        await using var bed = await AdminBed.StartAsync();
        var none = await bed.Sharing.GetAsync(Status);
        Assert.Equal((401, "invalid_api_key", "Bearer"), (none.Status, none.ErrorCode, none.Headers["WWW-Authenticate"]));
        Assert.Equal(401, (await bed.Sharing.GetAsync(Status, AdminBed.Bearer("wrong"))).Status);
        var anna = await bed.Sharing.GetAsync(Status, AdminBed.Anna);
        Assert.Equal((403, "admin_only"), (anna.Status, anna.ErrorCode));
    }

    /// <summary>A key that can stop hosts does not belong into the configuration of clients.</summary>
    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/queue")]
    [InlineData("/api/tags")]
    public async Task AdminKey_OnOtherRoutes_IsRefused(string path)
    {
        await using var bed = await AdminBed.StartAsync();
        var answer = await bed.Sharing.GetAsync(path, AdminBed.Admin);
        Assert.Equal(401, answer.Status);
        Assert.Contains("ADMIN_KEY", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await bed.Sharing.GetAsync(path, AdminBed.Ops)).Status);
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/")]
    [InlineData("/admin/api/status")]
    [InlineData("/admin//api/status")]
    [InlineData("/ADMIN/api/events")]
    [InlineData("/admin/api/hosts/a/drain")]
    public async Task Administration_WithoutAnyAdminKey_IsNotThere(string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = "sk-plain" });
        foreach (var header in new[] { ("X-None", ""), AdminBed.Bearer("sk-plain"), AdminBed.Admin })
        {
            var answer = await bed.GetAsync(path, header);
            Assert.Equal((404, "not_found"), (answer.Status, answer.ErrorCode));
            Assert.DoesNotContain("Did you mean /admin", answer.Body, StringComparison.Ordinal);
        }
    }

    /// <summary>Others need no key, but administrators do.</summary>
    [Fact]
    public async Task AdminKey_WhereNobodyElseNeedsAKey_OpensTheAdministrationOnly()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { AdminKey = AdminBed.AdminSecret });
        Assert.Equal(401, (await bed.GetAsync(Status)).Status);
        var status = await bed.GetAsync(Status, AdminBed.Admin);
        Assert.Equal((200, false), (status.Status, status.Json.GetProperty("sharing").GetBoolean()));
        Assert.Equal(200, (await bed.GetAsync("/v1/models")).Status);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Administration_ForAPageOfAnotherOrigin_IsRefused(string name, string value)
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Adjust = AllowAll });
        foreach (var answer in new[]
        {
            await bed.SendAsync(HttpMethod.Get, Status, contentType: null, AdminBed.Ops, (name, value)),
            await bed.SendAsync(HttpMethod.Post, "/admin/api/hosts/a/drain", "application/json", AdminBed.Ops, (name, value)),
        })
        {
            Assert.Equal((403, "origin_not_allowed"), (answer.Status, answer.ErrorCode));
            Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers);
        }

        Assert.Equal("up", (await bed.StatusAsync()).Json.GetProperty("hosts")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Preflight_OfTheAdministration_AllowsNothing()
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Adjust = AllowAll });
        (string, string)[] asks = [("Origin", "https://chat.example.com"), ("Access-Control-Request-Method", "POST")];
        Assert.Contains("Access-Control-Allow-Origin", (await bed.SendAsync(HttpMethod.Options, "/v1/models", null, asks)).Headers);
        foreach (var path in new[] { "/admin/api/hosts/a/drain", "/admin//api/status", "/Admin/api/status", "/admin" })
        {
            Assert.DoesNotContain("Access-Control-Allow-Origin", (await bed.SendAsync(HttpMethod.Options, path, null, asks)).Headers);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Change_ThatIsNotDeclaredAsJson_IsRefused(string? contentType)
    {
        await using var bed = await AdminBed.StartAsync();
        var answer = await bed.SendAsync(HttpMethod.Post, "/admin/api/hosts/a/drain", contentType, AdminBed.Ops);
        Assert.Equal((415, "unsupported_media_type"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Change_OfTheOwnPage_IsMade()
    {
        await using var bed = await AdminBed.StartAsync();
        var origin = bed.Sharing.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var answer = await bed.SendAsync(
            HttpMethod.Post, "/admin/api/hosts/a/drain", "application/json; charset=utf-8", AdminBed.Ops, ("Origin", origin), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal((200, "no-store"), (answer.Status, answer.Headers["Cache-Control"]));
    }

    [Fact]
    public async Task Administration_ByAClientThatIsTooFast_IsLimited()
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Adjust = settings => settings with { RateLimitRps = 1 } });
        Assert.Equal(200, (await bed.StatusAsync()).Status);
        Assert.Equal((429, "rate_limit_exceeded"), (await bed.StatusAsync()) is var answer ? (answer.Status, answer.ErrorCode) : default);
    }

    private static GatewaySettings AllowAll(GatewaySettings settings) => settings with { CorsOrigins = OriginPattern.ParseList("*")! };
}
