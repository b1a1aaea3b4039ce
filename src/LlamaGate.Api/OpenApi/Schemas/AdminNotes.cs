using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Application.Admin.Contracts;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>The administration.</summary>
internal static class AdminNotes
{
    private static readonly string[] Priorities = ["low", "normal", "high"];

    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<AdminStatus>().RequiresOrNull(s => s.Cluster),
        new ContractNotes<AdminCluster>().Words(c => c.State, "joining", "member", "expelled", "left").RequiresOrNull(c => c.Reason),
        new ContractNotes<AdminRedis>(),
        new ContractNotes<AdminMember>().Words(m => m.State, "joining", "active", "leaving").RequiresOrNull(m => m.Since),
        new ContractNotes<AdminWarning>().Words(w => w.Severity, "error", "warning"),
        new ContractNotes<AdminStore>().RequiresOrNull(s => s.Fault),
        new ContractNotes<AdminHost>()
            .Words(h => h.State, "up", "down", "draining")
            .RequiresOrNull(h => h.Reason, h => h.OllamaVersion, h => h.VramUsedBytes, h => h.VramBytes, h => h.Loading),
        new ContractNotes<AdminRunner>()
            .Words(r => r.Gate, "open", "closed")
            .RequiresOrNull(r => r.Context, r => r.SizeBytes, r => r.VramBytes, r => r.Expires),
        new ContractNotes<AdminRunningCall>().Words(c => c.Priority, Priorities).RequiresOrNull(c => c.User),
        new ContractNotes<AdminPendingLoad>().Words(l => l.Reason, "first", "copy", "switch", "grow", "admin"),
        new ContractNotes<AdminQueue>(),
        new ContractNotes<AdminWaitingCall>()
            .Words(c => c.Priority, Priorities)
            .Words(c => c.State, "waiting", "loading")
            .RequiresOrNull(c => c.User, c => c.Eta),
        new ContractNotes<AdminShares>(),
        new ContractNotes<AdminShare>().RequiresOrNull(s => s.User, s => s.Weight, s => s.Target),
        new ContractNotes<AdminAccounts>(),
        new ContractNotes<AdminAccount>().RequiresOrNull(a => a.TokensPerDay, a => a.GpuSecondsPerDay),
        new ContractNotes<AdminLoad>()
            .Words(l => l.Reason, "first", "copy", "switch", "grow", "admin", "foreign")
            .Words(l => l.Outcome, "running", "ok", "failed")
            .RequiresOrNull(l => l.Error, l => l.For),
        new ContractNotes<AdminKeyList>(),
        new ContractNotes<AdminKey>()
            .Words(k => k.Priority, Priorities)
            .Words(k => k.Cache, "shared", "own", "off")
            .RequiresOrNull(
                k => k.Created, k => k.LastUsed, k => k.MaxRunning, k => k.RateLimitRps, k => k.TokensPerDay, k => k.GpuSecondsPerDay, k => k.Expires),
        new ContractNotes<AdminDone>(),
        // It writes its rows itself, so its members cannot be read from its type.
        new ContractNotes<UsageReport>().Is(_ => Schema.ObjectOf(
            ("from", Day("The first UTC day.")),
            ("to", Day("The last UTC day.")),
            ("by", Group),
            ("data", Schema.ArrayOf(UsageRow())))),
    ];

    /// <summary>One of the words for <c>by</c> is there too.</summary>
    private static OpenApiSchema UsageRow()
    {
        var row = Schema.ObjectOf([.. UsageReport.Fields.Select(field => (field, (IOpenApiSchema)Schema.Number))]);
        foreach (var group in UsageParameters.Groups)
        {
            row.Properties?.Add(group, Schema.String);
        }

        return row;
    }

    private static OpenApiSchema Group
    {
        get
        {
            var words = Schema.OneOfWords([.. UsageParameters.Groups]);
            words.Description = "The name of the first member of each row.";
            return words;
        }
    }

    private static OpenApiSchema Day(string description) =>
        new() { Type = JsonSchemaType.String, Format = "date", Description = description };
}
