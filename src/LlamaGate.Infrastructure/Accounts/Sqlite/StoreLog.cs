using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>What is logged about the file of the accounts.</summary>
internal sealed partial class StoreLog(ILogger<StoreLog> logger)
{
    [LoggerMessage(EventId = 2100, EventName = "AccountsOpened", Level = LogLevel.Information, Message = "Accounts are kept in {Path}")]
    public partial void Opened(string path);

    [LoggerMessage(EventId = 2101, EventName = "AccountsFault", Level = LogLevel.Error,
        Message = "Accounts in {Path} cannot be written: {Reason}. Requests are not affected; up to {Capacity} records are kept in memory and written later")]
    public partial void Fault(string path, string reason, int capacity, Exception exception);

    [LoggerMessage(EventId = 2102, EventName = "AccountsRecovered", Level = LogLevel.Information,
        Message = "Accounts in {Path} can be written again")]
    public partial void Recovered(string path);

    [LoggerMessage(EventId = 2103, EventName = "AccountsLost", Level = LogLevel.Error,
        Message = "{Lost} usage records were dropped since the start, because they could not be written")]
    public partial void Lost(long lost);

    [LoggerMessage(EventId = 2104, EventName = "AccountsUnwritten", Level = LogLevel.Error,
        Message = "The gateway stops with {Pending} usage records that could not be written; they are lost")]
    public partial void Unwritten(int pending);

    [LoggerMessage(EventId = 2105, EventName = "AccountsPruned", Level = LogLevel.Debug, Message = "Removed {Records} old records")]
    public partial void Pruned(long records);

    [LoggerMessage(EventId = 2106, EventName = "AccountsGone", Level = LogLevel.Warning,
        Message = "{Path} was removed or moved while the gateway ran. The gateway starts a new file. Earlier records are lost unless you restore them from a backup")]
    public partial void Gone(string path);

    [LoggerMessage(EventId = 2107, EventName = "AccountsReplaced", Level = LogLevel.Warning,
        Message = "{Path} was replaced while the gateway ran. The gateway continues with the new file")]
    public partial void Replaced(string path);
}
