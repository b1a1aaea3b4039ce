using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Policies;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.OllamaEmulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>GET /v1/usage: what the caller's own key has used.</summary>
public sealed class UsageApiTests : IDisposable
{
    private const string Ann = "lg-ann-0123456789";
    private const string Bob = "lg-bob-0123456789";

    /// <summary>12 tokens, 3.5 s.</summary>
    private const string LastLine =
        """{"model":"plain","response":"hello","done":true,"done_reason":"stop","prompt_eval_count":7,"prompt_eval_duration":1000000000,"eval_count":5,"eval_duration":2500000000}""";

    private readonly TemporaryKeys _keys = new(TemporaryKeys.Key("ann", Ann), TemporaryKeys.Key("bob", Bob));

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Usage_OfAKey_IsItsOwnByDay()
    {
        await using var bed = await StartAsync();
        await GenerateAsync(bed, Ann);
        await GenerateAsync(bed, Ann);
        await GenerateAsync(bed, Bob);
        var answer = await GetAsync(bed, Ann, "");
        Assert.Equal((200, "application/json; charset=utf-8"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal(
            """
            {"from":"2023-11-22","to":"2023-12-21","by":"day","data":[{"day":"2023-12-21","calls":2,"tokens_in":14,"tokens_out":10,"gpu_seconds":7,"device_seconds":0,"cache_hits":0,"tokens_saved":0,"waited":0}]}
            """,
            answer.Body);
    }

    [Theory]
    [InlineData("key", "ann")]
    [InlineData("user", "")]
    [InlineData("model", "plain")]
    [InlineData("day", "2023-12-21")]
    public async Task Usage_ByAGroup_NamesIt(string by, string group)
    {
        await using var bed = await StartAsync();
        await GenerateAsync(bed, Ann);
        var data = (await GetAsync(bed, Ann, $"?by={by}")).Json.GetProperty("data");
        Assert.Equal(group, Assert.Single(data.EnumerateArray()).GetProperty(by).GetString());
    }

    [Fact]
    public async Task Usage_OfAnotherPeriod_IsEmpty()
    {
        await using var bed = await StartAsync();
        await GenerateAsync(bed, Ann);
        var answer = await GetAsync(bed, Ann, "?from=2023-12-01&to=2023-12-20");
        Assert.Equal("""{"from":"2023-12-01","to":"2023-12-20","by":"day","data":[]}""", answer.Body);
    }

    [Fact]
    public async Task Usage_AsCsv_IsATable()
    {
        await using var bed = await StartAsync();
        await GenerateAsync(bed, Ann);
        var answer = await GetAsync(bed, Ann, "?format=csv");
        Assert.Equal("text/csv; charset=utf-8; header=present", answer.Headers["Content-Type"]);
        Assert.Equal(
            "day,calls,tokens_in,tokens_out,gpu_seconds,device_seconds,cache_hits,tokens_saved,waited\r\n2023-12-21,1,7,5,3.5,0,0,0,0\r\n",
            answer.Body);
    }

    [Theory]
    [InlineData("?from=yesterday", "from", "from must be a day like 2026-11-30.")]
    [InlineData("?to=2026-02-30", "to", "to must be a day like 2026-11-30.")]
    [InlineData("?from=2023-12-02&to=2023-12-01", "from", "from must not be later than to.")]
    [InlineData("?by=color", "by", "by must be key, user, model, host or day.")]
    [InlineData("?format=xml", "format", "format must be json or csv.")]
    public async Task Usage_WithAWrongPart_IsRefusedByName(string query, string field, string message)
    {
        await using var bed = await StartAsync();
        var answer = await GetAsync(bed, Ann, query);
        Assert.Equal(
            (400, field, message),
            (answer.Status, answer.Error.GetProperty("param").GetString(), answer.Error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Usage_WithoutAKey_IsRefusedWhereKeysAreRequired()
    {
        await using var bed = await StartAsync();
        Assert.Equal(401, (await bed.GetAsync("/v1/usage")).Status);
    }

    [Fact]
    public async Task Usage_WhereNoKeyIsRequired_IsThatOfAllCallersWithoutOne()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Lines(LastLine), "/api/generate");
        await bed.PostAsync("/api/generate", """{"model":"plain","prompt":"hi"}""");
        var row = Assert.Single((await bed.GetAsync("/v1/usage?by=key")).Json.GetProperty("data").EnumerateArray());
        Assert.Equal(("anonymous", 1), (row.GetProperty("key").GetString(), row.GetProperty("calls").GetInt32()));
    }

    [Fact]
    public async Task Usage_OfAStoreThatCannotBeRead_IsUnavailable()
    {
        var store = new Mock<IUsageStore>();
        store.Setup(own => own.ListAsync(It.IsAny<UsageQuery>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UsageStoreException("the file is damaged"));
        await using var bed = await StartAsync(builder => builder.Services.AddSingleton(store.Object));
        var answer = await GetAsync(bed, Ann, "");
        Assert.Equal((503, "accounts_unavailable"), (answer.Status, answer.ErrorCode));
        Assert.Contains(
            await bed.Gateway.StopAndReadLogAsync(), line => line.Contains("the file is damaged", StringComparison.Ordinal));
    }

    private static Task<HttpAnswer> GenerateAsync(GatewayOverOllama bed, string key)
    {
        bed.Ollama.Enqueue(Scenario.Lines(LastLine), "/api/generate");
        return bed.PostAsync("/api/generate", """{"model":"plain","prompt":"hi"}""", NamedCallers.Key(key));
    }

    private static async Task<HttpAnswer> GetAsync(GatewayOverOllama bed, string key, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/usage" + query);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = await bed.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    private Task<GatewayOverOllama> StartAsync(Action<WebApplicationBuilder>? configure = null) =>
        GatewayOverOllama.StartAsync(settings => settings with { KeysFile = _keys.Path }, configure);
}
