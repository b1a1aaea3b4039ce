using CsCheck;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Models;

namespace LlamaGate.Domain.Tests.Callers;

public class ModelAccessTests
{
    private static readonly string[] Names =
        ["plain", "plain:latest", "plain:8b", "PLAIN", "tiny", "embed:latest", "hf.co/User/M-GGUF:Q4", "user/tiny:1b", "gpt-oss:120b-cloud"];

    private static readonly Gen<string> Included = OneOf(
        "*", "plain", "plain*", "*:latest", "*:8b", "PLAIN:latest", "hf.co/*", "user/*", "t?ny", "library/*", "*-cloud", "nobody");

    private static readonly Gen<string> Patterns = Gen.Select(Gen.Bool, Included, (isExcluded, pattern) => isExcluded ? "!" + pattern : pattern);

    [Theory]
    [InlineData("plain", "plain", true)]
    [InlineData("plain", "plain:latest", true)]
    [InlineData("plain:latest", "plain", true)]
    [InlineData("PLAIN", "plain:LATEST", true)]
    [InlineData("plain", "plain:8b", false)]
    [InlineData("plain:*", "plain:8b", true)]
    [InlineData("plain:*", "plain", true)]
    [InlineData("*:latest", "plain", true)]
    [InlineData("*:latest", "plain:8b", false)]
    [InlineData("plain", "plainer", false)]
    [InlineData("hf.co/*", "hf.co/User/M-GGUF:Q4", true)]
    [InlineData("library/*", "plain", true)]
    [InlineData("library/*", "user/plain", false)]
    [InlineData("", "plain", false)]
    public void Allows_OnePattern_MatchesAsOllamaNamesModels(string pattern, string model, bool expected) =>
        Assert.Equal(expected, new ModelAccess([pattern]).Allows(model));

    [Theory]
    [InlineData("secret")]
    [InlineData("Secret:Latest")]
    [InlineData(" secret ")]
    [InlineData("library/secret")]
    [InlineData("registry.ollama.ai/library/secret:latest")]
    [InlineData("https://registry.ollama.ai/library/secret")]
    [InlineData("ollama.com/library/secret")]
    [InlineData("secret:local")]
    [InlineData("secret:latest:local")]
    [InlineData("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("sha256-0123456789abcdef")]
    [InlineData("0123456789ab")]
    [InlineData("runner:0123456789AB")]
    public void Allows_OtherSpellingOfAnExcludedModel_IsRefused(string spelling)
    {
        var access = new ModelAccess(["*", "!secret"]);
        Assert.False(access.Allows(spelling));
        Assert.True(access.Allows("secret:7b"));
        Assert.True(access.Allows("secret-2"));
    }

    [Fact]
    public void Allows_CloudModelInItsOtherSpelling_IsTheSame()
    {
        var access = new ModelAccess(["*", "!gpt-oss:120b-cloud"]);
        Assert.False(access.Allows("gpt-oss:120b:cloud"));
        Assert.True(access.Allows("gpt-oss:120b"));
    }

    [Fact]
    public void Allows_DigestThatIsListed_IsAllowed() => Assert.True(new ModelAccess(["0123456789ab"]).Allows("0123456789AB"));

    [Fact]
    public void Allows_WithoutPatterns_Nothing()
    {
        var access = new ModelAccess([]);
        Assert.False(access.IsUnlimited);
        Assert.All(Names, name => Assert.False(access.Allows(name)));
    }

    [Fact]
    public void Allows_OnlyExclusions_EverythingElse()
    {
        var access = new ModelAccess(["!plain*", "!hf.co/*"]);
        Assert.Equal(["tiny", "embed:latest", "user/tiny:1b", "gpt-oss:120b-cloud"], Names.Where(access.Allows), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true, "*")]
    [InlineData(true, "plain", "*")]
    [InlineData(false, "*", "!plain")]
    [InlineData(false, "!plain")]
    [InlineData(false, "**")]
    [InlineData(false)]
    public void IsUnlimited_Patterns_OnlyWhereNothingCanBeRefused(bool expected, params string[] patterns) =>
        Assert.Equal(expected, new ModelAccess(patterns).IsUnlimited);

    [Fact]
    public void Among_Models_AreThoseAllowedInTheirOrder()
    {
        ModelInfo[] models = [.. Names.Select(name => new ModelInfo(name, default))];
        Assert.Same(models, ModelAccess.All.Among(models));
        Assert.Equal(["tiny", "user/tiny:1b"], new ModelAccess(["*tiny*"]).Among(models).Select(model => model.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Allows_PatternsInAnyOrder_SaysTheSame() =>
        Gen.Select(Patterns.Array[0, 6], Gen.Int).Sample((patterns, seed) =>
        {
            var shuffled = (string[])patterns.Clone();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Names.Where(new ModelAccess(patterns).Allows), Names.Where(new ModelAccess(shuffled).Allows), StringComparer.Ordinal);
        });

    [Fact]
    public void Allows_AnExclusionMore_NeverAllowsMoreAndWins() =>
        Gen.Select(Patterns.Array[1, 6], Included).Sample((patterns, excluded) =>
        {
            var before = new ModelAccess([.. patterns, "nobody-else"]);
            var after = new ModelAccess([.. patterns, "nobody-else", "!" + excluded]);
            Assert.All(Names, name => Assert.Equal(before.Allows(name) && !new ModelAccess([excluded]).Allows(name), after.Allows(name)));
        });

    [Fact]
    public void Allows_OnlyExclusions_IsTheirComplement() =>
        Included.Array[1, 5].Sample(excluded => Assert.Equal(
            Names.Where(name => !new ModelAccess(excluded).Allows(name)),
            Names.Where(new ModelAccess([.. excluded.Select(pattern => "!" + pattern)]).Allows),
            StringComparer.Ordinal));

    [Fact]
    public void Allows_AnySpellingOfAName_SaysTheSame() =>
        Gen.Select(Patterns.Array[0, 6], OneOf("plain", "tiny", "user/m", "plain:8b", "user/m:1b"), Gen.Bool, Gen.Bool, Gen.Bool)
            .Sample((patterns, name, hasRegistry, isUpper, hasTag) =>
            {
                var spelling = hasRegistry ? $"registry.ollama.ai/{(name.Contains('/', StringComparison.Ordinal) ? "" : "library/")}{name}" : name;
                spelling = hasTag && !name.Contains(':', StringComparison.Ordinal) ? spelling + ":latest" : spelling;
                spelling = isUpper ? spelling.ToUpperInvariant() : spelling;
                var access = new ModelAccess(patterns);
                Assert.Equal(access.Allows(name), access.Allows(spelling));
            });

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
