using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>
/// The keys in force. They are found by their SHA-256 in a table, so that the time of a look-up depends neither on their number nor on how
/// much of a wrong key is right. A changed file takes effect as a whole or not at all, within two seconds.
/// </summary>
public sealed partial class CallerDirectory : ICallerDirectory, IDisposable
{
    /// <summary>How often the file is looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CallerDirectoryOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<CallerDirectory> _logger;
    private readonly KeysFileSource? _source;
    private readonly ITimer? _timer;
    private volatile Dictionary<KeyDigest, KeyHolder> _holders = [];
    private volatile Dictionary<string, KeyHolder> _byId = [];
    private volatile IReadOnlyList<KeyEntry> _entries = [];
    private readonly VariableKey _apiKey;
    private readonly VariableKey _adminKey;
    private volatile KeysState? _keys;
    private string? _loggedFault;

    /// <exception cref="KeysFileException">The file cannot be used.</exception>
    public CallerDirectory(CallerDirectoryOptions options, TimeProvider timeProvider, ILogger<CallerDirectory> logger)
    {
        (_options, _timeProvider, _logger) = (options, timeProvider, logger);
        // The holders of API_KEY have only their addresses to tell them apart.
        _apiKey = new VariableKey(
            options.ApiKey,
            new KeyEntry(ICallerDirectory.DefaultId, []) { ShareBy = ShareBy.Address },
            new CallerPolicy(options.RateLimitRps) { ShareBy = ShareBy.Address });
        _adminKey = new VariableKey(
            options.AdminKey,
            new KeyEntry(ICallerDirectory.AdminId, []) { IsAdmin = true, Models = ModelAccess.None },
            new CallerPolicy(options.RateLimitRps) { IsAdmin = true, IsAdminOnly = true, Models = ModelAccess.None });
        if (options.File is not { } file)
        {
            return;
        }

        _source = new KeysFileSource(file, () => new ReservedKeys(options.ApiKey(), options.AdminKey()), timeProvider);
        if (_source.ReadIfChanged() is not { Faults: [] } reading)
        {
            throw new KeysFileException(new KeysFile(timeProvider).Read(file).Faults.Select(fault => fault.Describe(file.Path)).ToList());
        }

        Take(reading);
        LogInForce(reading.Keys.Count, file.Path);
        _timer = timeProvider.CreateTimer(static directory => ((CallerDirectory)directory!).Look(), this, Period, Period);
    }

    public event EventHandler? Changed;

    public bool IsKeyRequired => _options.File is not null || _apiKey.IsSet;

    public bool HasAdmin => _adminKey.IsSet
        || _byId.Values.Any(holder => holder.Caller.Policy.IsAdmin && holder.Judge(_timeProvider) is KeyVerdict.Right);

    public KeysState? Keys => _keys;

    public KeyVerdict Find(ReadOnlySpan<char> key, out Caller? caller)
    {
        var digest = KeyDigest.Of(key);
        caller = _apiKey.Matches(digest) ? _apiKey.Caller : _adminKey.Matches(digest) ? _adminKey.Caller : null;
        if (caller is not null)
        {
            return KeyVerdict.Right;
        }

        if (_holders.TryGetValue(digest, out var holder))
        {
            caller = holder.Caller;
            return holder.Judge(_timeProvider);
        }

        return KeyVerdict.Unknown;
    }

    public bool IsInForce(Caller caller) => !caller.HasKey || caller.Id == ICallerDirectory.DefaultId || caller.Policy.IsAdminOnly
        || (_byId.TryGetValue(caller.Id, out var holder) && holder.Judge(_timeProvider) is KeyVerdict.Right);

    public IReadOnlyList<KeyEntry> List() => [.. new[] { _apiKey, _adminKey }.Where(key => key.IsSet).Select(key => key.Entry), .. _entries];

    public void Reload()
    {
        lock (_gate)
        {
            Read(isForced: true);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        // A disk that hangs must not block more and more threads.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            Read(isForced: false);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Read(bool isForced)
    {
        try
        {
            if (_source?.ReadIfChanged(isForced) is { } reading)
            {
                TakeOrKeep(reading);
            }
        }
        catch (Exception exception)
        {
            // Whatever it was: the process serves on, with the keys that it has.
            LogUnread(exception);
        }
    }

    private void TakeOrKeep(KeysReading reading)
    {
        if (reading.Faults.Count == 0)
        {
            Take(reading);
            _loggedFault = null;
            LogReplaced(reading.Keys.Count);
            Changed?.Invoke(this, EventArgs.Empty);
            return;
        }

        _keys = _keys! with { Fault = string.Join("; ", reading.Faults.Select(fault => fault.DescribeBriefly())) };
        var fault = string.Join("; ", reading.Faults.Select(fault => fault.Describe(_options.File!.Path)));
        if (fault != _loggedFault)
        {
            _loggedFault = fault;
            LogKept(fault);
        }
    }

    private void Take(KeysReading reading)
    {
        var holders = new Dictionary<KeyDigest, KeyHolder>(reading.Keys.Count);
        var byId = new Dictionary<string, KeyHolder>(reading.Keys.Count, StringComparer.Ordinal);
        foreach (var key in reading.Keys)
        {
            var holder = KeyHolder.Of(key, _options.RateLimitRps);
            byId[key.Id] = holder;
            foreach (var digest in key.Digests)
            {
                holders[digest] = holder;
            }
        }

        (_holders, _byId, _entries) = (holders, byId, reading.Keys);
        _keys = new KeysState(reading.Keys.Count, _timeProvider.GetUtcNow(), Fault: null);
    }

    [LoggerMessage(EventId = 2020, EventName = "KeysInForce", Level = LogLevel.Information, Message = "Keys: {Count} in {File}")]
    private partial void LogInForce(int count, string file);

    [LoggerMessage(EventId = 2021, EventName = "KeysReplaced", Level = LogLevel.Information,
        Message = "The keys file was read again: {Count} keys are in force")]
    private partial void LogReplaced(int count);

    [LoggerMessage(EventId = 2022, EventName = "KeysKept", Level = LogLevel.Error,
        Message = "The keys file cannot be used; the old keys stay in force: {Reason}")]
    private partial void LogKept(string reason);

    [LoggerMessage(EventId = 2023, EventName = "KeysUnread", Level = LogLevel.Error,
        Message = "The keys file could not be read again: the old keys stay in force")]
    private partial void LogUnread(Exception exception);
}
