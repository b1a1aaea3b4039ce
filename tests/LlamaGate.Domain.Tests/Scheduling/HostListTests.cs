using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>The list of hosts changes while calls wait and run.</summary>
public sealed class HostListTests
{
    private static readonly SchedulerOptions OneSlot = new() { Slots = 1 };

    [Fact]
    public void SetHosts_AnotherHostOfTheSameName_LoadsAnew()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"));
        var running = world.Arrive("p");
        world.Host("gpu1").Loaded.Clear();
        SetHosts(world, [world.Host("gpu1").ToReport(world.Now)], replaced: ["gpu1"]);
        var next = world.Arrive("q");

        Assert.Equal(2, world.AllLoads.Count);
        Assert.Equal((CallState.Running, CallState.Running), (running.State, next.State));
        world.End(running);
        Assert.Equal(CallState.Running, next.State);
    }

    [Fact]
    public void SetHosts_SameHost_KeepsWhatIsLoaded()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"));
        world.End(world.Arrive("p"));
        SetHosts(world, [world.Host("gpu1").ToReport(world.Now)], replaced: []);
        world.Arrive("q");

        Assert.Single(world.AllLoads);
    }

    [Fact]
    public void SetHosts_HostWhoseModelsAreNotKnownYet_GetsNoLoadButIsWaitedFor()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"), new FakeHost("gpu2")) { LoadsAtOnce = false };
        var call = world.Arrive("p");
        var loads = world.AllLoads.Count;
        SetHosts(world, [new HostReport("gpu3")], replaced: []);

        Assert.Equal(CallState.Waiting, call.State);
        Assert.Equal(loads, world.AllLoads.Count);

        world.Do(() => world.Scheduler.Report(world.Now, world.Host("gpu2").ToReport(world.Now) with { Name = "gpu3" }));
        Assert.Equal("gpu3", world.AllLoads[^1].Host);
    }

    [Fact]
    public void SetHosts_HostThatTurnsOutToLackTheModel_RefusesThoseWhoWait()
    {
        var world = new World(OneSlot, new FakeHost("gpu1")) { LoadsAtOnce = false };
        var call = world.Arrive("p");
        SetHosts(world, [new HostReport("gpu2")], replaced: []);
        world.Do(() => world.Scheduler.Report(
            world.Now, new HostReport("gpu2") { Models = new Dictionary<string, HostedModel>(StringComparer.Ordinal) }));

        Assert.Equal(RefusalReason.NoHost, world.Refused[call].Reason);
    }

    [Fact]
    public void Return_AfterATimeInWhichNoHostHadTheModel_IsGranted()
    {
        var world = new World(OneSlot, new FakeHost("gpu1"), new FakeHost("gpu2"));
        var call = world.Arrive("p");
        var other = world.Host(call.Host is "gpu1" ? "gpu2" : "gpu1");
        other.Models.Remove("a");
        SetHosts(world, [other.ToReport(world.Now)], replaced: []);
        other.Models.Add("a", new HostedModel("a", 1));
        other.Loaded.Add("a", 4096);
        world.Do(() => world.Scheduler.Report(
            world.Now, other.ToReport(world.Now) with { Models = new Dictionary<string, HostedModel>(other.Models, StringComparer.Ordinal) }));

        Assert.True(world.Return(call));
        Assert.Equal(other.Name, call.Host);
    }

    private static void SetHosts(World world, IReadOnlyList<HostReport> reports, IReadOnlyCollection<string> replaced) =>
        world.Do(() => world.Scheduler.SetHosts(world.Now, reports, replaced));
}
