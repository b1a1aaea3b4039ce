using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>
/// The only writer of the file, on a thread of its own, because SQLite blocks. A fault never ends it: records stay pending, and it tries again.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly UsageFile _file;
    private readonly PendingRecords _pending;
    private readonly StoreLimits _limits;
    private readonly TimeProvider _timeProvider;
    private readonly StoreLog _log;
    private readonly Pruning _pruning;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _lock;
    private SqliteConnection? _connection;
    private RecordWriter? _records;
    private (Exception Fault, (long, DateTime)? Signature)? _refused;
    private bool _isChecked;
    private long _reportedLosses;
    private volatile string? _fault;

    public StoreWriter(UsageFile file, PendingRecords pending, StoreLimits limits, TimeProvider timeProvider, StoreLog log)
    {
        (_file, _pending, _limits, _timeProvider, _log) = (file, pending, limits, timeProvider, log);
        _pruning = new Pruning(limits, timeProvider);
        _thread = new Thread(Run) { IsBackground = true, Name = "accounts" };
    }

    /// <summary>Held while records become part of the file and stop to be pending. A reader holds it while it takes both for its view.</summary>
    public Lock CommitGate { get; } = new();

    /// <summary>Why nothing can be written, in words; null while it works.</summary>
    public string? Fault => _fault;

    public void Start() => _thread.Start();

    /// <summary>Writes what is pending, if it can be done in time.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        if (_thread.Join(_limits.ShutdownTime))
        {
            _stop.Dispose();
        }
    }

    private void Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (TryWork())
            {
                WaitForWork();
            }
            else
            {
                WaitFor(_stop.Token.WaitHandle, _limits.RetryDelay);
            }
        }

        while (_pending.Count > 0 && TryWork())
        {
            // One batch after the other.
        }

        if (_pending.Count is > 0 and var rest)
        {
            _log.Unwritten(rest);
        }

        Close();
        _lock?.Dispose();
    }

    private void WaitForWork()
    {
        if (!_pending.Arrived.IsSet)
        {
            WaitFor(_pending.Arrived.WaitHandle, _pruning.DueIn);
        }

        if (_pending.Arrived.IsSet && _limits.BatchDelay - _pending.Lag is var delay && delay > TimeSpan.Zero)
        {
            WaitFor(_pending.FullBatch.WaitHandle, delay);
        }
    }

    /// <summary>The end of the gateway ends every wait.</summary>
    private void WaitFor(WaitHandle handle, TimeSpan most) => WaitHandle.WaitAny([handle, _stop.Token.WaitHandle], most);

    private bool TryWork()
    {
        try
        {
            Open();
            Work();
            NoteSuccess();
            return true;
        }
        catch (Exception exception)
        {
            // Whatever it is: it would end the process.
            Close();
            NoteFault(exception);
            return false;
        }
        finally
        {
            ReportLosses();
        }
    }

    private void Open()
    {
        if (_connection is not null)
        {
            return;
        }

        if (_refused is { } refused && refused.Signature == _file.Signature)
        {
            throw refused.Fault;
        }

        _refused = null;
        TakeLock();
        _connection = _file.OpenToWrite(_isChecked ? 0 : _limits.FullCheckBytes);
        _isChecked = true;
        _limits.Configure(_connection);
        _records = new RecordWriter(_connection);
        if (_fault is null)
        {
            _log.Opened(_file.Path);
        }
    }

    private void TakeLock()
    {
        if (_lock is not null && !_file.HasLockFile)
        {
            _lock.Dispose();
            _lock = null;
        }

        _lock ??= _file.Lock();
    }

    private void Work()
    {
        if (_records is null || _connection is null)
        {
            return;
        }

        if (_pending.Count > 0)
        {
            _records.Write(_pending.Take());
            if (!TryCommit(_records, _connection))
            {
                Leave(_connection);
            }
        }
        else if (_pruning.Step(_connection) is > 0 and var removed)
        {
            _log.Pruned(removed);
        }
    }

    /// <returns>False if the file no longer has its name: the records stay pending, for the next file.</returns>
    private bool TryCommit(RecordWriter records, SqliteConnection connection)
    {
        lock (CommitGate)
        {
            records.Commit();
            // After the commit, so that none goes into a file that is gone.
            if (FileIdentity.HasMoved(connection))
            {
                return false;
            }

            _pending.Complete();
            return true;
        }
    }

    /// <summary>Leaves a file that was removed, moved or replaced. The next attempt opens the one of its name.</summary>
    private void Leave(SqliteConnection connection)
    {
        // SQLite would take what is in the log of this file for a part of the next one.
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Close();
        _isChecked = false;
        if (_file.Signature is null)
        {
            _log.Gone(_file.Path);
        }
        else
        {
            _log.Replaced(_file.Path);
        }

        _file.RemoveRemains();
    }

    private void Close()
    {
        _records?.Dispose();
        _connection?.Dispose();
        (_records, _connection) = (null, null);
    }

    private void NoteFault(Exception exception)
    {
        if (StoreFaults.IsDamage(exception))
        {
            // After the close, which may write.
            _refused = (exception, _file.Signature);
            _isChecked = false;
        }

        var reason = StoreFaults.Describe(exception);
        if (_fault != reason)
        {
            _fault = reason;
            _log.Fault(_file.Path, reason, _limits.Capacity, exception);
        }
    }

    private void NoteSuccess()
    {
        if (_fault is not null)
        {
            _fault = null;
            _log.Recovered(_file.Path);
        }
    }

    /// <summary>Whenever there are twice as many: each record would be a line.</summary>
    private void ReportLosses()
    {
        if (_pending.Lost is var lost && lost > 2 * _reportedLosses)
        {
            _reportedLosses = lost;
            _log.Lost(lost);
        }
    }
}
