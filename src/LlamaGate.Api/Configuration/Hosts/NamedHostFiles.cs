using System.Net.Security;
using System.Text;
using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Tls;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>
/// The files that HOSTS_FILE names: keys, authorities and client certificates. Relative paths begin at the directory of HOSTS_FILE.
/// </summary>
/// <param name="hostsFile">Its full path.</param>
/// <param name="now">For the validity of certificates.</param>
internal sealed class NamedHostFiles(string hostsFile, DateTimeOffset now)
{
    private const int MaxBytes = 1024 * 1024;

    private readonly string _directory = Path.GetDirectoryName(hostsFile) ?? "";
    private readonly List<string> _paths = [];
    private readonly List<string> _stamps = [];

    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Differs when the content of a file differs.</summary>
    public string Stamp => string.Join(' ', _stamps);

    /// <summary>The key in <c>api_key_file</c>; null when there is none, or it cannot be used.</summary>
    public string? ReadKey(LocatedObject entry, int maxPathLength, int maxKeyLength)
    {
        const string Member = "api_key_file";
        if (ReadFile(entry, Member, maxPathLength, isSecret: true) is not { } bytes)
        {
            return null;
        }

        var key = Encoding.UTF8.GetString(bytes).Trim();
        if (key.Length == 0 || key.Length > maxKeyLength || !VariableText.IsKey(key))
        {
            entry.Refuse(Member, "contains no key: one line of visible ASCII characters without spaces");
            return null;
        }

        return key;
    }

    /// <summary>Null when the host names no file for TLS, or one of them cannot be used.</summary>
    public HostTls? ReadTls(LocatedObject entry, Uri? address, int maxPathLength)
    {
        string[] members = ["ca_file", "client_cert", "client_key"];
        if (!members.Any(entry.Has))
        {
            return null;
        }

        if (address is { Scheme: "http" })
        {
            entry.Refuse(members.First(entry.Has), "has no effect, because url begins with http://");
            return null;
        }

        var options = new SslClientAuthenticationOptions();
        var from = _stamps.Count;
        var isUsable = Trust(entry, options, maxPathLength) & Present(entry, options, maxPathLength);
        return isUsable ? new HostTls(options, string.Join(' ', _stamps.Skip(from))) : null;
    }

    private bool Trust(LocatedObject entry, SslClientAuthenticationOptions options, int maxPathLength)
    {
        const string Member = "ca_file";
        if (!entry.Has(Member))
        {
            return true;
        }

        if (ReadFile(entry, Member, maxPathLength, isSecret: false) is not { } pem)
        {
            return false;
        }

        if (HostTls.Trust(options, pem, now) is { } problem)
        {
            entry.Refuse(Member, problem);
            return false;
        }

        return true;
    }

    private bool Present(LocatedObject entry, SslClientAuthenticationOptions options, int maxPathLength)
    {
        if (!entry.Has("client_cert") && !entry.Has("client_key"))
        {
            return true;
        }

        if (!entry.Has("client_cert") || !entry.Has("client_key"))
        {
            var (there, missing) = entry.Has("client_cert") ? ("client_cert", "client_key") : ("client_key", "client_cert");
            entry.Refuse(there, $"also needs {missing}; both can name the same file");
            return false;
        }

        if (PathOf(entry, "client_cert", maxPathLength) is not { } certificate || PathOf(entry, "client_key", maxPathLength) is not { } key)
        {
            return false;
        }

        _paths.AddRange([certificate, key]);
        if (BoundedFile.FindOpenMode(key) is { } open)
        {
            entry.Refuse("client_key", open);
            return false;
        }

        var pair = new CertificateFiles(certificate, key, "client_cert", "client_key").Read();
        _stamps.Add(pair.Stamp);
        var faults = HostTls.Present(options, pair, now);
        foreach (var fault in faults)
        {
            // "client_cert: the file …": the member is named by the fault's own path.
            var member = fault[..fault.IndexOf(": ", StringComparison.Ordinal)];
            entry.Refuse(member, fault[(member.Length + 2)..].Insert(0, "cannot be used: "));
        }

        return faults.Count == 0;
    }

    private byte[]? ReadFile(LocatedObject entry, string member, int maxPathLength, bool isSecret)
    {
        if (PathOf(entry, member, maxPathLength) is not { } path)
        {
            return null;
        }

        _paths.Add(path);
        var bytes = BoundedFile.Read(path, MaxBytes, out var problem);
        _stamps.Add(Digest.Of(bytes));
        problem = problem is null ? null : $"\"{path}\" {problem}";
        problem ??= isSecret ? BoundedFile.FindOpenMode(path) : null;
        if (problem is null)
        {
            return bytes;
        }

        entry.Refuse(member, problem);
        return null;
    }

    private string? PathOf(LocatedObject entry, string member, int maxPathLength) =>
        entry.Text(member, maxPathLength) is { } path && !path.Contains('\0', StringComparison.Ordinal) ? Path.Combine(_directory, path) : null;
}
