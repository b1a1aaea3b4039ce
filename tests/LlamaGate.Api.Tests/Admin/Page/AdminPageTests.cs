using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Native;

namespace LlamaGate.Api.Tests.Admin.Page;

/// <summary>How /admin is served: without a key, never limited, and only where an admin key exists. tests/admin-page drives it in a browser.</summary>
public sealed partial class AdminPageTests
{
    private const string Key = "sk-admin-page-test-key";

    [Fact]
    public async Task Page_WithoutAnAdminKey_IsNoRoute()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        foreach (var path in (string[])["/admin", "/admin/", "/admin/assets/admin.js"])
        {
            var answer = await bed.GetAsync(path);
            Assert.Equal((404, "not_found"), (answer.Status, answer.ErrorCode));
        }
    }

    [Fact]
    public async Task Page_WithAnAdminKey_ComesWithAllItsFilesAndHeaders()
    {
        await using var bed = await StartAsync();
        var page = await bed.GetAsync("/admin");
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
        var assets = Asset().Matches(page.Body).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(assets.Count > 3);
        foreach (var path in assets.Prepend("admin"))
        {
            var answer = await bed.GetAsync($"/{path}");
            Assert.Equal(200, answer.Status);
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
                answer.Headers["Content-Security-Policy"]);
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
            Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
            Assert.Equal("same-origin", answer.Headers["Cross-Origin-Opener-Policy"]);
            Assert.Equal("same-origin", answer.Headers["Cross-Origin-Resource-Policy"]);
            Assert.Equal("no-cache", answer.Headers["Cache-Control"]);
            Assert.False(answer.Headers.ContainsKey("x-ratelimit-limit-requests"));
        }
    }

    /// <summary>The policy would stop them, and the page would be without style or script.</summary>
    [Fact]
    public async Task Page_Always_HasNoInlineScriptOrStyle()
    {
        await using var bed = await StartAsync();
        var page = (await bed.GetAsync("/admin")).Body;
        Assert.DoesNotMatch(Inline(), page);
        Assert.DoesNotContain(Key, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_KnownToTheBrowser_IsNotSentAgain()
    {
        await using var bed = await StartAsync();
        var tag = (await bed.GetAsync("/admin")).Headers["ETag"];
        Assert.NotEqual(tag, (await bed.GetAsync("/admin/assets/admin.js")).Headers["ETag"], StringComparer.Ordinal);
        foreach (var known in (string[])[tag, $"W/{tag}", $"\"other\", {tag}"])
        {
            var answer = await bed.CallAsync("GET", "/admin", body: (string?)null, ("If-None-Match", known));
            Assert.Equal((304, 0), (answer.Status, answer.BodyBytes.Length));
            Assert.Equal(tag, answer.Headers["ETag"]);
        }

        Assert.Equal(200, (await bed.CallAsync("GET", "/admin", body: (string?)null, ("If-None-Match", "\"other\""))).Status);
    }

    [Fact]
    public async Task Page_Head_HasNoBody()
    {
        await using var bed = await StartAsync();
        var answer = await bed.CallAsync("HEAD", "/admin");
        Assert.Equal((200, 0), (answer.Status, answer.BodyBytes.Length));
        Assert.NotEqual("0", answer.Headers["Content-Length"], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("none.js")]
    [InlineData("landing.js")]
    [InlineData("..%2fadmin.js")]
    public async Task Asset_Unknown_IsNoRoute(string name)
    {
        await using var bed = await StartAsync();
        var answer = await bed.GetAsync($"/admin/assets/{name}");
        Assert.Equal((404, "not_found"), (answer.Status, answer.ErrorCode));
    }

    /// <summary>The links of the page are relative.</summary>
    [Fact]
    public async Task Page_WithASlash_LeadsToTheOneWithout()
    {
        await using var bed = await StartAsync();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(bed.Client.BaseAddress!, "/admin/"));
        Assert.Equal(308, (int)answer.StatusCode);
        Assert.Equal("../admin", answer.Headers.Location!.OriginalString);
    }

    private static Task<GatewayOverOllama> StartAsync() =>
        GatewayOverOllama.StartAsync(settings => settings with { AdminKey = Key, RateLimitRps = 1 });

    [GeneratedRegex("admin/assets/[a-z.-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asset();

    [GeneratedRegex("""<style|<script(?![^>]*\ssrc=)| style="| on[a-z]+=""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inline();
}
