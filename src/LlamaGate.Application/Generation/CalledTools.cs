using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>
/// The names of the called tools of a history. A result names its call by an id, but Ollama's templates need the tool's name. Some models
/// and clients give several calls of one turn the same id: their results then belong to the calls in order.
/// </summary>
internal sealed class CalledTools
{
    private Dictionary<string, Calls>? _byId;
    private int _turn;

    /// <summary>Takes in the calls of a turn. An id of an earlier turn means the new call from now on.</summary>
    public void AddTurn(IReadOnlyList<ToolCall> calls)
    {
        _turn++;
        for (var i = 0; i < calls.Count; i++)
        {
            var (id, name) = (calls[i].Id, calls[i].Name);
            _byId ??= new(StringComparer.Ordinal);
            if (_byId.TryGetValue(id, out var known) && known.Turn == _turn)
            {
                known.Later.Enqueue(name);
            }
            else
            {
                _byId[id] = new Calls(_turn, name);
            }
        }
    }

    /// <summary>The name for the next result with this id; null without such a call.</summary>
    public string? TakeName(string id) => _byId is not null && _byId.TryGetValue(id, out var calls) ? calls.TakeName() : null;

    /// <summary>The calls of one turn with one id.</summary>
    private sealed class Calls(int turn, string name)
    {
        private Queue<string>? _later;
        private string _name = name;
        private bool _isTaken;

        public int Turn => turn;

        public Queue<string> Later => _later ??= new();

        public string TakeName()
        {
            // One result more than calls: it belongs to the last.
            if (_isTaken && _later is not null && _later.TryDequeue(out var next))
            {
                _name = next;
            }

            _isTaken = true;
            return _name;
        }
    }
}
