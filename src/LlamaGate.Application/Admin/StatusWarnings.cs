using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;

namespace LlamaGate.Application.Admin;

/// <summary>What is wrong, and what to do about it.</summary>
internal sealed class StatusWarnings
{
    private const string Error = "error";
    private const string Warning = "warning";

    /// <summary>The queue is nearly full, and a quota nearly spent, from this part on.</summary>
    private const double NearlyFull = 0.8;
    private const double NearlySpent = 0.9;

    /// <summary>A client beside the gateway that was not noticed for so long has probably gone.</summary>
    private static readonly TimeSpan ForeignFor = TimeSpan.FromHours(1);

    private readonly List<AdminWarning> _all = [];

    /// <summary>Errors first.</summary>
    public IReadOnlyList<AdminWarning> All => [.. _all.OrderBy(warning => warning.Severity == Error ? 0 : 1)];

    /// <param name="isShared">Only a shared host can be drained.</param>
    public void AddHost(AdminHost host, bool isShared)
    {
        if (host is { State: "down", Drained: false })
        {
            Add("host-down", Error, $"Host {host.Name} is down: {host.Reason ?? "it does not answer"}.", $"Start Ollama on {host.Name}{(isShared ? ", or drain it" : "")}.");
        }
    }

    public void AddHosts(SharedHostsState hosts, DateTimeOffset now)
    {
        foreach (var host in hosts.Hosts)
        {
            AddShared(host, host.Status.Name, now);
        }

        foreach (var (model, used, others) in hosts.Conflicts)
        {
            var list = string.Join(", ", others);
            Add("model-differs", Warning, $"{model} on {list} differs from {used}, so it is not used there.", $"Pull {model} again on {list}.");
        }

        if (hosts.Difference is { } difference)
        {
            Add("hosts-differ", Warning, $"This gateway and the one that holds the scheduler have different hosts. {difference}.",
                "Give all gateways the same OLLAMA_HOST or HOSTS_FILE.");
        }

        if (hosts.Waiting >= NearlyFull * hosts.QueueMax || hosts.WaitingBytes >= NearlyFull * hosts.QueueMaxBytes)
        {
            Add("queue-full", Warning, $"The queue is nearly full: {hosts.Waiting} calls of {hosts.QueueMax} wait.",
                "Add a host, or raise QUEUE_MAX and QUEUE_MAX_MB.");
        }
    }

    public void AddStore(AdminStore store)
    {
        if (store.Fault is { } fault)
        {
            Add("store-fault", Error, $"The accounts cannot be stored: {fault}. {store.Pending} records wait in memory.",
                "Check the disk and the permissions of DATA_DIR.");
        }

        if (store.Lost > 0)
        {
            Add("store-lost", Warning, $"{store.Lost} usage records were lost since the start.", "Repair the store before more records are lost.");
        }
    }

    public void AddCluster(AdminCluster? cluster)
    {
        if (cluster is { Redis: { Up: false } redis })
        {
            Add("redis-away", Warning, $"Redis does not answer at {redis.Address}. The gateways that know each other continue without it.",
                "Start Redis. Until then no gateway can join, and what keys use is not stored.");
        }

        if (cluster is { State: not "member", Reason: { } reason })
        {
            Add("not-a-member", Error, $"This gateway is no member of the cluster: {reason}.", "Look at its log and at llamagate doctor.");
        }
    }

    public void AddFile(string variable, string? fault)
    {
        if (fault is not null)
        {
            Add(variable == "KEYS_FILE" ? "keys-file" : "hosts-file", Error,
                $"{variable} has an error, so its previous content stays in force: {fault}", $"Correct {variable}.");
        }
    }

    public void AddQuotas(AdminAccounts accounts)
    {
        foreach (var account in accounts.Keys)
        {
            if (account.TokensUsed >= NearlySpent * account.TokensPerDay)
            {
                AddQuota(account.Key, $"{account.TokensUsed} of {account.TokensPerDay} tokens", "tokens_per_day");
            }

            if (account.GpuSecondsUsed >= NearlySpent * account.GpuSecondsPerDay)
            {
                AddQuota(account.Key, $"{account.GpuSecondsUsed:F0} of {account.GpuSecondsPerDay:F0} GPU seconds", "gpu_seconds_per_day");
            }
        }
    }

    private void AddShared(SharedHostState host, string name, DateTimeOffset now)
    {
        if (host.Load is { IsStuck: true } load)
        {
            Add("load-stuck", Error, $"The load of {load.Model} on {name} has taken {load.Running.TotalSeconds:F0} s and has not ended.",
                $"Restart Ollama on {name}. Until then nothing else is loaded there.");
        }

        if (host.IsSilent)
        {
            Add("host-silent", Error, $"Host {name} answers, but none of its calls makes progress. It gets no new calls.", $"Read Ollama's log on {name}.");
        }

        if (host.Status.Foreign is { } foreign && now - foreign.SeenAt < ForeignFor)
        {
            Add("foreign-client", Warning, $"Another client uses {foreign.Model} on {name} without the gateway.",
                $"Point it at the gateway, or remove {name} from the list.");
        }
    }

    private void AddQuota(string key, string used, string member) => Add(
        "quota-nearly-spent", Warning, $"Key {key} has used {used} today.", $"Raise {member} in KEYS_FILE, or wait for the next UTC day.");

    private void Add(string id, string severity, string text, string action) => _all.Add(new AdminWarning(id, severity, text, action));
}
