using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class ExpectedCallsTests
{
    private const double Seconds = 4;
    private const int Backlog = 20;

    private readonly World _world = new();

    [Fact]
    public void Describe_AnotherComesAgainAndAgain_BacklogWaitsLonger()
    {
        var alone = new World();
        Use(alone, "flood");
        Use(_world, "polite");

        // The polite one has used half of the time, so the backlog will probably get the other half.
        Assert.InRange(EtaOfBacklog(_world) / EtaOfBacklog(alone), 1.5, 2.5);
    }

    [Fact]
    public void Describe_AnotherHasABacklogToo_IsNotCountedTwice()
    {
        Use(_world, "other");
        for (var i = 0; i < Backlog; i++)
        {
            _world.Arrive("other", who: Light("other"));
        }

        Assert.InRange(EtaOfBacklog(_world), 1.9 * Backlog * Seconds, 2.4 * Backlog * Seconds);
    }

    [Fact]
    public void Describe_NextInLine_IsOvertakenByNobody()
    {
        Use(_world, "polite");
        EtaOfBacklog(_world);
        var next = _world.Arrive("another");

        Assert.InRange(_world.Scheduler.Describe(_world.Now, next).Eta.TotalSeconds, 0, 1.1 * Seconds);
    }

    /// <summary>It owes nothing for the time in which it was alone.</summary>
    private static Principal Light(string name) => new(name, name) { Weight = 50 };

    /// <summary>One call at a time, with pauses of the same length, for ten minutes.</summary>
    private static void Use(World world, string principal)
    {
        for (var i = 0; i < 75; i++)
        {
            var call = world.Arrive(principal, who: Light(principal));
            world.Pass(Seconds);
            world.End(call, Seconds, tokens: 120);
            world.Pass(Seconds);
        }
    }

    /// <summary>Of the last of many calls.</summary>
    private static double EtaOfBacklog(World world)
    {
        for (var i = 0; i < Backlog; i++)
        {
            world.Arrive("flood");
        }

        var last = world.Arrive("flood");
        return world.Scheduler.Describe(world.Now, last).Eta.TotalSeconds;
    }
}
