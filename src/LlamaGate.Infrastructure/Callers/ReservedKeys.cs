using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>The keys of variables, whose ids and hashes a keys file must not have; empty = not set.</summary>
internal readonly record struct ReservedKeys(string ApiKey, string AdminKey)
{
    public static ReservedKeys None { get; } = new("", "");

    /// <summary>Those that are set: the variable, the id and the key.</summary>
    public IEnumerable<(string Variable, string Id, string Key)> All()
    {
        if (ApiKey.Length > 0)
        {
            yield return ("API_KEY", ICallerDirectory.DefaultId, ApiKey);
        }

        if (AdminKey.Length > 0)
        {
            yield return ("ADMIN_KEY", ICallerDirectory.AdminId, AdminKey);
        }
    }

    public static ReservedKeys Of(KeysFileOptions options) => new(options.ApiKey, options.AdminKey);

    /// <summary>A record would print the keys.</summary>
    public override string ToString() => nameof(ReservedKeys);
}
