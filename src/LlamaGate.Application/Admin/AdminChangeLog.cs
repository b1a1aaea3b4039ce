using LlamaGate.Application.Admin.Contracts;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Admin;

/// <summary>Records who changed what.</summary>
internal sealed partial class AdminChangeLog(ILogger<AdminChangeLog> logger)
{
    /// <param name="keyId">The id of the admin key.</param>
    /// <param name="action">A word, like drain.</param>
    /// <returns>The answer to the administrator.</returns>
    public AdminDone Record(string keyId, string action, ChangeTarget target, string message)
    {
        LogChanged(keyId, action, target);
        return new AdminDone(message);
    }

    [LoggerMessage(EventId = 1040, EventName = "AdminChanged", Level = LogLevel.Information, Message = "Administrator {Key}: {Action} {Target}")]
    private partial void LogChanged(string key, string action, ChangeTarget target);
}
