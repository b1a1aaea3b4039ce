using System.Reflection;
using Mono.Cecil;

namespace LlamaGate.ArchitectureTests.Folders;

/// <summary>
/// Which of a project's folders uses which. A folder is the first part of a namespace below the project's own. What lies in the
/// project's own namespace puts the folders together, so it uses all of them and is left out.
/// </summary>
internal sealed class FolderGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);

    public FolderGraph(Assembly assembly, string root)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        foreach (var type in TypeUses.TypesOf(module))
        {
            if (FolderOf(type, root) is not { } from)
            {
                continue;
            }

            var used = _uses.TryGetValue(from, out var known) ? known : _uses[from] = new(StringComparer.Ordinal);
            foreach (var use in TypeUses.Of(type))
            {
                if (FolderOf(use, root) is { } to && to != from)
                {
                    used.TryAdd(to, $"{type.FullName} uses {use.FullName}");
                }
            }
        }
    }

    public IReadOnlyCollection<string> Folders => _uses.Keys;

    /// <summary>One line for each pair of folders that reach each other, with the uses that close the circle.</summary>
    public IEnumerable<string> FindCircles() =>
        from folder in Folders
        from use in _uses[folder]
        let back = FindWay(use.Key, folder)
        where back is not null
        select $"{folder} → {string.Join(" → ", back)}: {use.Value}";

    /// <summary>The shortest way; null when there is none.</summary>
    private List<string>? FindWay(string from, string to)
    {
        var ways = new Queue<List<string>>([[from]]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        while (ways.TryDequeue(out var way))
        {
            foreach (var next in UsesOf(way[^1]))
            {
                if (next == to)
                {
                    return [.. way, next];
                }

                if (seen.Add(next))
                {
                    ways.Enqueue([.. way, next]);
                }
            }
        }

        return null;
    }

    private string[] UsesOf(string folder) => _uses.TryGetValue(folder, out var used) ? [.. used.Keys] : [];

    private static string? FolderOf(TypeReference type, string root)
    {
        var path = TypeUses.NamespaceOf(type);
        return path.StartsWith(root + ".", StringComparison.Ordinal) ? path[(root.Length + 1)..].Split('.')[0] : null;
    }
}
