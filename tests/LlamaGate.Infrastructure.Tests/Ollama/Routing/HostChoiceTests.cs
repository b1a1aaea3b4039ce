using CsCheck;
using LlamaGate.Infrastructure.Ollama.Routing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Routing;

public sealed class HostChoiceTests
{
    private static readonly HostCandidate Plain = new() { IsLive = true, HasModel = true, Digest = "d" };
    private static readonly HostCandidate Loaded = Plain with { IsLoaded = true };
    private static readonly HostCandidate Down = Loaded with { IsLive = false };
    private static readonly HostCandidate Without = new() { IsLive = true, HasModel = false };
    private static readonly HostCandidate Unknown = new() { IsLive = true };

    private static readonly Gen<bool?> Knowledge = Gen.Int[0, 2].Select(one => one == 0 ? true : one == 1 ? false : (bool?)null);

    private static readonly Gen<HostCandidate[]> Hosts =
        Gen.Select(Gen.Bool, Gen.Bool, Knowledge, Gen.Int[0, 2].Select(one => one == 0 ? "d" : one == 1 ? "e" : null), Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 3])
            .Select((live, excluded, has, digest, loaded, model, others) => new HostCandidate
            {
                IsLive = live,
                IsExcluded = excluded,
                HasModel = has,
                Digest = has is true ? digest : null,
                IsLoaded = has is true && loaded,
                RunningOfModel = model,
                Running = model + others,
            })
            .Array[1, 6];

    private static readonly Gen<(HostCandidate[] Hosts, int Preferred)> Cases = Gen.Select(Hosts, Gen.Int[-1, 5]);

    [Fact]
    public void Choose_OfOneThatIsLoaded_TakesIt() => Assert.Equal(1, Choose([Plain, Loaded]));

    [Fact]
    public void Choose_OfTwoLoaded_TakesTheOneWithFewerCallsOfTheModel() => Assert.Equal(
        1, Choose([Loaded with { RunningOfModel = 2, Running = 2 }, Loaded with { RunningOfModel = 1, Running = 9 }]));

    [Fact]
    public void Choose_OfTwoWithAsManyCallsOfTheModel_TakesTheOneWithFewerCalls() => Assert.Equal(
        1, Choose([Loaded with { RunningOfModel = 1, Running = 2 }, Loaded with { RunningOfModel = 1, Running = 1 }]));

    [Fact]
    public void Choose_OfEqualOnes_TakesTheFirst() => Assert.Equal(0, Choose([Plain, Plain, Plain]));

    [Fact]
    public void Choose_WhileTheOneThatHasItIsDown_TakesNoneThatLacksIt() => Assert.Equal(-1, Choose([Down, Without]));

    [Fact]
    public void Choose_WhileAListIsNotKnown_TakesThatHostAfterThoseThatHaveIt()
    {
        Assert.Equal(1, Choose([Unknown, Plain]));
        Assert.Equal(0, Choose([Unknown, Plain with { IsExcluded = true }]));
    }

    [Fact]
    public void Choose_OfAModelThatNobodyLists_TakesTheFirstThatIsUp() => Assert.Equal(
        1, Choose([Without with { IsLive = false }, Without with { Running = 5 }, Without]));

    [Fact]
    public void Choose_WithAnotherDigest_StaysWithTheFirstHosts()
    {
        var other = Loaded with { Digest = "e" };
        Assert.Equal(0, Choose([Plain, other]));
        Assert.Equal(-1, Choose([Plain with { IsExcluded = true }, other]));
        Assert.Equal(1, Choose([Plain with { IsLive = false }, other]));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 0)]
    [InlineData(0, 2, 0)]
    public void Choose_OfThePreferred_StaysThereUnlessItIsMoreThanOneCallBusier(int ofModel, int running, int expected) =>
        Assert.Equal(expected, Choose([Loaded, Loaded with { RunningOfModel = ofModel, Running = running }], preferred: 1));

    [Fact]
    public void Choose_OfThePreferredThatHasUnloadedIt_GoesWhereItIsLoaded() => Assert.Equal(0, Choose([Loaded, Plain], preferred: 1));

    [Fact]
    public void Choose_Any_IsUpAndNotFailedAndHasTheModelIfAnyDoes() => Cases.Sample(one =>
    {
        var chosen = HostChoice.Choose(one.Hosts, one.Preferred);
        if (chosen < 0)
        {
            return;
        }

        var host = one.Hosts[chosen];
        Assert.True(host is { IsLive: true, IsExcluded: false });
        Assert.True(host.HasModel is not false || !one.Hosts.Any(other => other.HasModel is true));
        var first = one.Hosts.Where(other => other is { IsLive: true, HasModel: true }).Select(other => other.Digest).FirstOrDefault();
        Assert.True(host.HasModel is not true || host.Digest == first);
    });

    [Fact]
    public void Choose_None_OnlyWhenNoHostIsOfUse() => Cases.Sample(one =>
    {
        if (HostChoice.Choose(one.Hosts, one.Preferred) < 0)
        {
            Assert.DoesNotContain(one.Hosts, host => host is { IsLive: true, IsExcluded: false, HasModel: null });
            Assert.True(
                one.Hosts.Any(host => host.HasModel is true)
                || !one.Hosts.Any(host => host is { IsLive: true, IsExcluded: false }));
        }
    });

    [Fact]
    public void Choose_Any_IsNeverMuchBusierThanAnEquallyGoodOne() => Cases.Sample(one =>
    {
        var chosen = HostChoice.Choose(one.Hosts, one.Preferred);
        if (chosen < 0 || one.Hosts[chosen].HasModel is not true)
        {
            return;
        }

        var host = one.Hosts[chosen];
        var slack = chosen == one.Preferred ? 1 : 0;
        Assert.All(
            one.Hosts.Where(other => other is { IsLive: true, IsExcluded: false, HasModel: true } && other.Digest == host.Digest),
            other =>
            {
                Assert.True(host.IsLoaded || !other.IsLoaded);
                Assert.True(host.IsLoaded != other.IsLoaded || host.RunningOfModel <= other.RunningOfModel + slack);
            });
    });

    private static int Choose(HostCandidate[] hosts, int preferred = -1) => HostChoice.Choose(hosts, preferred);
}
