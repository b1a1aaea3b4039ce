using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Tests.Callers;

public sealed class KeysParserTests
{
    [Fact]
    public void Parse_AllFields_AreRead()
    {
        var text = $$"""
            // Keys of the team
            {
              "$schema": "keys.schema.json",
              "keys": [
                {
                  "id": "alice@example.com", /* since May */
                  "hash": ["{{KeysSample.Hash}}", "{{KeysSample.HashOf("old")}}"],
                  "weight": 2.5, "priority": "high", "share_by": "user:X-User", "models": ["llama3*", "!*:70b"],
                  "max_running": 3, "max_waiting": 0, "rate_limit_rps": 0.5, "tokens_per_day": 1000000, "gpu_seconds_per_day": 3600.5,
                  "cache": "own", "admin": true, "disabled": true,
                  "expires": "2027-01-31", "created": "2026-11-29T15:00:00+01:00",
                },
              ],
            }
            """;
        var (document, faults) = KeysSample.Parse(text);
        Assert.Empty(faults);
        var key = Assert.Single(document!.Entries);
        Assert.Equal("alice@example.com", key.Id);
        Assert.Equal([KeyDigest.Of(KeysSample.Secret), KeyDigest.Of("old")], key.Digests);
        Assert.Equal((2.5, KeyPriority.High, ShareBy.User, "X-User"), (key.Weight, key.Priority, key.ShareBy, key.UserHeader));
        Assert.Equal(["llama3*", "!*:70b"], key.Models.Patterns);
        Assert.Equal((3, 0, 0.5m), (key.MaxRunning, key.MaxWaiting, key.RateLimitRps));
        Assert.Equal((1_000_000, 3600.5), (key.TokensPerDay, key.GpuSecondsPerDay));
        Assert.Equal((CacheScope.Own, true, true), (key.Cache, key.IsAdmin, key.IsDisabled));
        Assert.Equal(new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero), key.Expires);
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 14, 0, 0, TimeSpan.Zero), key.Created);
    }

    [Fact]
    public void Parse_IdAndHashOnly_HasTheDefaults()
    {
        var (document, faults) = KeysSample.Parse(KeysSample.With(""));
        Assert.Empty(faults);
        var key = Assert.Single(document!.Entries);
        Assert.True(key.Models.IsUnlimited);
        Assert.Equal((1.0, KeyPriority.Normal, ShareBy.Key, 100), (key.Weight, key.Priority, key.ShareBy, key.MaxWaiting));
        Assert.Equal((CacheScope.Shared, false, false), (key.Cache, key.IsAdmin, key.IsDisabled));
        Assert.Null(key.Expires ?? key.Created);
        Assert.Null(key.RateLimitRps);
        Assert.Null(key.MaxRunning);
    }

    [Theory]
    [InlineData("\"hash\":\"lg-in-plain-text\"", "keys[0].hash of key \"alice\" must be \"sha256:\" and 64 hexadecimal digits, or a list of these; a key itself must not be stored here")]
    [InlineData("\"weight\":0", "keys[0].weight of key \"alice\" must be a number from 0.001 to 1000")]
    [InlineData("\"priority\":\"urgent\"", "keys[0].priority of key \"alice\" must be \"low\", \"normal\" or \"high\"")]
    [InlineData("\"max_running\":1.5", "keys[0].max_running of key \"alice\" must be a whole number from 1 to 100000")]
    [InlineData("\"expires\":\"tomorrow\"", "keys[0].expires of key \"alice\" must be a date like \"2027-01-31\", which is the last day, or a time like \"2027-01-31T18:00:00Z\"")]
    [InlineData("\"wieght\":2", "keys[0] of key \"alice\" has the unknown field \"wieght\"; did you mean weight?")]
    [InlineData("\"rate-limit-rps\":2", "keys[0] of key \"alice\" has the unknown field \"rate-limit-rps\"; did you mean rate_limit_rps?")]
    [InlineData("\"admin\":null", "keys[0].admin of key \"alice\" must be true or false")]
    [InlineData("\"models\":\"llama3\"", "keys[0].models of key \"alice\" must be a list of at most 1000 models or patterns like \"llama3*\" or \"!*:70b\", each of at most 256 characters")]
    public void Parse_WrongValue_NamesLineKeyAndField(string member, string expected)
    {
        var hash = member.StartsWith("\"hash", StringComparison.Ordinal) ? "" : $"\"hash\":\"{KeysSample.Hash}\",\n";
        var (_, faults) = KeysSample.Parse($"{{\n\"keys\":[\n{{\"id\":\"alice\",\n{hash}{member}}}]}}");
        var fault = Assert.Single(faults);
        var line = hash.Length > 0 && !expected.StartsWith("keys[0] ", StringComparison.Ordinal) ? 5 : hash.Length > 0 ? 5 : 4;
        Assert.Equal($"line {line} of keys.json: {expected}", fault.Describe("keys.json"));
    }

    /// <summary>A key in the wrong place must not get into a log by way of an error.</summary>
    [Theory]
    [InlineData("hash", "\"lg-oh-no-a-secret\"")]
    [InlineData("hash", "[\"lg-oh-no-a-secret\"]")]
    [InlineData("id", "\"lg oh-no-a-secret\"")]
    [InlineData("models", "[\"!\", \"lg-oh-no-a-secret\"]")]
    [InlineData("priority", "\"lg-oh-no-a-secret\"")]
    [InlineData("expires", "\"lg-oh-no-a-secret\"")]
    [InlineData("lg-oh-no-a-secret-0123456789abcdefghijklmnop", "1")]
    [InlineData("hash", "lg-oh-no-a-secret")]
    [InlineData("hash", "\"lg-oh-no-a-secret")]
    [InlineData("hash", "tlg-oh-no-a-secret")]
    public void Parse_SecretInTheFile_IsNotRepeated(string field, string value)
    {
        var (_, faults) = KeysSample.Parse($$"""{"keys":[{"{{field}}":{{value}}}]}""");
        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            Assert.DoesNotContain("oh-no", fault.Describe("keys.json"), StringComparison.Ordinal);
            Assert.DoesNotContain("oh-no", fault.DescribeBriefly(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Parse_SameIdTwice_IsAFault() => AssertFault(
        "line 1 of f: keys[1].id of key \"alice\" is also the id of keys[0]",
        KeysSample.Of(KeysSample.Key("alice", "1"), KeysSample.Key("alice", "2")));

    [Fact]
    public void Parse_SameHashTwice_IsAFault() => AssertFault(
        "line 1 of f: keys[1].hash of key \"bob\" contains a hash that also belongs to keys[0]",
        KeysSample.Of(KeysSample.Key("alice", "1"), KeysSample.Key("bob", "1")));

    [Fact]
    public void Parse_SameHashTwiceInOneKey_IsAFault() => AssertFault(
        "line 1 of f: keys[0].hash of key \"alice\" contains the same hash twice",
        KeysSample.Of($$"""{"id":"alice","hash":["{{KeysSample.Hash}}","{{KeysSample.Hash}}"]}"""));

    [Fact]
    public void Parse_DefaultWithApiKey_IsReserved() => AssertFault(
        "line 1 of f: keys[0].id of key \"default\" is reserved for API_KEY while that is set",
        KeysSample.Of(KeysSample.Key("default", "1")), "sesame");

    [Fact]
    public void Parse_AdminWithAdminKey_IsReserved()
    {
        var text = KeysSample.Of(KeysSample.Key("admin", "1"), KeysSample.Key("alice", "open sesame"));
        Assert.Empty(KeysSample.Parse(text).Faults);
        Assert.Equal(
            [
                "line 1 of f: keys[0].id of key \"admin\" is reserved for ADMIN_KEY while that is set",
                "line 1 of f: keys[1].hash of key \"alice\" contains a hash that also belongs to ADMIN_KEY",
            ],
            KeysSample.Parse(text, adminKey: "open sesame").Faults.Select(fault => fault.Describe("f")),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Parse_HashOfApiKey_IsAFault() => AssertFault(
        "line 1 of f: keys[0].hash of key \"alice\" contains a hash that also belongs to API_KEY",
        KeysSample.Of(KeysSample.Key("alice", "sesame")), "sesame");

    [Fact]
    public void Parse_DefaultWithoutApiKey_IsAnIdLikeOthers() =>
        Assert.Empty(KeysSample.Parse(KeysSample.Of(KeysSample.Key("default", "1"))).Faults);

    [Theory]
    [InlineData("", "f is empty; a file without keys is {\"keys\": []}")]
    [InlineData(" \n ", "f is empty; a file without keys is {\"keys\": []}")]
    [InlineData("[]", "line 1 of f must be an object with the list \"keys\"")]
    [InlineData("{}", "f has no list \"keys\"")]
    [InlineData("{\"keys\":{}}", "line 1 of f must have a list as \"keys\"")]
    [InlineData("{\"keys\":[],\"keys\":[]}", "line 1 of f has \"keys\" twice")]
    [InlineData("{\"key\":[]}", "line 1 of f has the unknown field \"key\"; did you mean keys?")]
    [InlineData("{\"keys\":[\n1]}", "line 2 of f: keys[0] must be an object")]
    [InlineData("{\"keys\":[\n{}\n}", "line 3 of f is not valid JSON, at or before column 1")]
    [InlineData("{\"keys\":[]} x", "line 1 of f is not valid JSON, at or before column 13")]
    public void Parse_OtherStructure_IsAFault(string text, string expected) => AssertFault(expected, text);

    [Fact]
    public void Parse_NoIdAndNoHash_AreTwoFaults() => Assert.Equal(
        ["line 1 of f: keys[0] has no \"id\"", "line 1 of f: keys[0] has no \"hash\""],
        KeysSample.Parse(KeysSample.Of("{}")).Faults.Select(fault => fault.Describe("f")),
        StringComparer.Ordinal);

    [Fact]
    public void Parse_NotUtf8_IsAFault() =>
        Assert.Equal("is not valid UTF-8", Assert.Single(KeysSample.Parse([0xFF, 0x7B]).Faults).Problem);

    [Fact]
    public void Parse_ByteOrderMark_IsSkipped() =>
        Assert.Empty(KeysSample.Parse([0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(KeysSample.With(""))]).Faults);

    [Fact]
    public void Parse_ThousandFaults_AreNotAllListed()
    {
        var (_, faults) = KeysSample.Parse(KeysSample.Of([.. Enumerable.Repeat("{}", 1000)]));
        Assert.Equal(21, faults.Count);
        Assert.Equal("has further faults, which are not listed", faults[^1].Problem);
    }

    [Fact]
    public void Parse_TooManyKeys_IsAFault() => AssertFault(
        "line 1 of f has more than 100000 keys",
        KeysSample.Of([.. Enumerable.Range(0, 100_001).Select(i => $$"""{"id":"k{{i}}","hash":"sha256:{{i:x64}}"}""")]));

    [Theory]
    [InlineData("2027-01-31", "2027-02-01T00:00:00Z")]
    [InlineData("2027-01-31T18:00:00Z", "2027-01-31T18:00:00Z")]
    [InlineData("2027-01-31T18:00:00.250+02:00", "2027-01-31T16:00:00.250Z")]
    [InlineData("9999-12-31", "9999-12-31T00:00:00Z")]
    public void Parse_Expires_IsTheEndOfTheDayOrTheTime(string text, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        KeysSample.Parse(KeysSample.With($"\"expires\":\"{text}\"")).Document!.Entries[0].Expires);

    private static void AssertFault(string expected, string text, string apiKey = "") =>
        Assert.Equal(expected, Assert.Single(KeysSample.Parse(text, apiKey).Faults).Describe("f"));
}
