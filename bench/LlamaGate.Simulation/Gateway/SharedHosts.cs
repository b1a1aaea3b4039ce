using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Gateway;

/// <summary>The gateway's scheduler before simulated hosts: it carries out what is decided, as the product does.</summary>
internal sealed class SharedHosts : IUpstream
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(5);

    /// <summary>Of the models' files; the first load is estimated by it.</summary>
    private const long ModelBytes = 1_000_000_000;

    private readonly EventQueue _events;
    private readonly Scheduler _scheduler;
    private readonly Dictionary<string, OllamaHost> _hosts;
    private readonly Dictionary<string, Dictionary<string, HostedModel>> _models;
    private readonly List<ClientCall> _calls = [];
    private TimeSpan? _tickAt;

    public SharedHosts(EventQueue events, SchedulerOptions options, params IReadOnlyList<OllamaHost> hosts)
    {
        _events = events;
        _scheduler = new Scheduler(options);
        _hosts = hosts.ToDictionary(host => host.Settings.Name, StringComparer.Ordinal);
        _models = hosts.ToDictionary(host => host.Settings.Name, ModelsOf, StringComparer.Ordinal);
        Account = new SlotAccount(events, hosts);
        LoadChecks = new LoadChecks(_scheduler, _hosts);
        Do(() => _scheduler.SetHosts(_events.Now, [.. hosts.Select(ReportOf)], replaced: []));
        foreach (var host in hosts)
        {
            Probe(host);
        }
    }

    public IReadOnlyList<ClientCall> Calls => _calls;

    public SlotAccount Account { get; }

    public LoadChecks LoadChecks { get; }

    public Charges Charges { get; } = new();

    /// <summary>Calls that were sent to another host after they had failed before their first byte.</summary>
    public int Returned { get; private set; }

    public void Send(ClientCall client)
    {
        var call = new SharedCall(client);
        _calls.Add(client);
        (client.ArrivedAt, client.Tag) = (_events.Now, call);
        var spec = new CallSpec(client.Principal, client.Model)
        {
            TextBytes = client.Work.TextBytes,
            MaxTokens = client.Work.MaxTokens,
            Tag = call,
        };
        Do(() => call.Ticket = _scheduler.Arrive(_events.Now, spec));
        if (client is { Outcome: CallOutcome.Open, SentAt: null })
        {
            client.Eta = _scheduler.Describe(_events.Now, call.Ticket!).Eta; // It has arrived.
        }
    }

    public void Leave(ClientCall client)
    {
        if (client is { Outcome: CallOutcome.Open, Tag: SharedCall { Ticket: { } ticket } call })
        {
            if (ticket.State is CallState.Running)
            {
                _hosts[client.Host!].Leave(call.Sent!); // A running call was sent to a host.
                Settle(call, _events.Now - client.SentAt);
            }

            Do(() => _scheduler.Leave(_events.Now, ticket));
            Finish(client, CallOutcome.Left);
        }
    }

    private static Dictionary<string, HostedModel> ModelsOf(OllamaHost host) =>
        host.Settings.Models.ToDictionary(model => model, model => new HostedModel(model, ModelBytes), StringComparer.Ordinal);

    private static IReadOnlyList<ReportedRunner> RunnersOf(OllamaHost host) =>
        [.. host.Loaded.Select(runner => new ReportedRunner(runner.Model))];

    private void Probe(OllamaHost host)
    {
        Report(host);
        _events.In(host.IsUp ? ProbeInterval : BackOff, () => Probe(host));
    }

    private void Report(OllamaHost host) => Do(() => _scheduler.Report(_events.Now, ReportOf(host)));

    private HostReport ReportOf(OllamaHost host) => new(host.Settings.Name)
    {
        IsUp = host.IsUp,
        Models = _models[host.Settings.Name],
        Runners = host.IsUp ? RunnersOf(host) : null,
        RequestedAt = _events.Now,
    };

    private void Do(Action act)
    {
        Account.Pass();
        act();
        while (_scheduler.TakeDecisions() is { Count: > 0 } decisions)
        {
            foreach (var decision in decisions)
            {
                CarryOut(decision);
            }
        }

        Account.Note(_scheduler.Waiting > 0);
        PlanTick();
    }

    private void PlanTick()
    {
        if (_scheduler.NextTick is { } next && !(_tickAt <= next))
        {
            var at = next > _events.Now ? next : _events.Now;
            _tickAt = at;
            _events.At(at, () =>
            {
                if (_tickAt == at)
                {
                    _tickAt = null;
                    Do(() => _scheduler.Tick(_events.Now));
                }
            });
        }
    }

    private void CarryOut(Decision decision)
    {
        switch (decision)
        {
            case Grant { Call: { Spec.Tag: SharedCall call } ticket }:
                Grant(call, ticket);
                break;
            case Refuse { Call.Spec.Tag: SharedCall { Client: var client }, Refusal: var refusal }:
                client.RetryAfter = refusal.RetryAfter;
                Finish(client, CallOutcome.Refused);
                break;
            case StartLoad load:
                LoadChecks.Judge(load);
                Load(load);
                break;
            case StartUnload unload:
                _hosts[unload.Host].Unload(unload.Model);
                _events.In(TimeSpan.Zero, () => Do(() => _scheduler.EndUnload(_events.Now, unload.Id, unload.Model)));
                break;
        }
    }

    private void Load(StartLoad load)
    {
        var host = _hosts[load.Host];
        host.Submit(new OllamaCall(load.Model, work: null)
        {
            Ended = succeeded => Do(() => _scheduler.EndLoad(_events.Now, load.Id, succeeded, succeeded ? RunnersOf(host) : null)),
        });
    }

    private void Grant(SharedCall call, CallTicket ticket)
    {
        var (client, host) = (call.Client, _hosts[ticket.Host!]); // A granted call has a host.
        (client.SentAt, client.Host, call.HasFirstToken) = (_events.Now, ticket.Host, false);
        Charges.Add(_events.Now, client.Principal, ticket.Cost);
        call.Sent = new OllamaCall(client.Model, client.Work)
        {
            FirstToken = () =>
            {
                call.HasFirstToken = true;
                Do(() => _scheduler.NoteFirstToken(_events.Now, ticket));
            },
            Tokens = tokens => Do(() => _scheduler.NoteTokens(_events.Now, ticket, tokens)),
            Ended = isComplete => End(call, ticket, host, isComplete),
        };
        host.Submit(call.Sent);
    }

    private void End(SharedCall call, CallTicket ticket, OllamaHost host, bool isComplete)
    {
        var (client, work) = (call.Client, call.Client.Work);
        if (isComplete)
        {
            Settle(call, work.Service);
            Do(() => _scheduler.End(_events.Now, ticket, new CallEnd
            {
                PromptTokens = work.PromptTokens,
                CompletionTokens = work.CompletionTokens,
                PromptSeconds = work.Prompt.TotalSeconds,
                EvalSeconds = work.Eval.TotalSeconds,
            }));
            Finish(client, CallOutcome.Answered);
        }
        else if (call.HasFirstToken)
        {
            Settle(call, _events.Now - client.SentAt);
            Do(() => _scheduler.End(_events.Now, ticket, CallEnd.WithoutLastLine));
            Finish(client, CallOutcome.Failed);
        }
        else
        {
            Return(call, ticket, host);
        }
    }

    /// <summary>The host has failed before the first byte: it is down, and the call waits for another.</summary>
    private void Return(SharedCall call, CallTicket ticket, OllamaHost host)
    {
        var client = call.Client;
        Settle(call, TimeSpan.Zero);
        (client.SentAt, client.Host) = (null, null);
        Returned++;
        var returns = false;
        Do(() => returns = _scheduler.Return(_events.Now, ticket, mayStay: true));
        if (!returns)
        {
            Finish(client, CallOutcome.Failed);
        }

        Report(host);
    }

    /// <summary>Corrects what was charged at the grant.</summary>
    private void Settle(SharedCall call, TimeSpan? actual) =>
        Charges.Add(_events.Now, call.Client.Principal, (actual ?? TimeSpan.Zero).TotalSeconds - call.Ticket!.Cost); // It was granted.

    private void Finish(ClientCall client, CallOutcome outcome)
    {
        (client.EndedAt, client.Outcome) = (_events.Now, outcome);
        _events.In(TimeSpan.Zero, () => client.Done?.Invoke(client));
    }
}
