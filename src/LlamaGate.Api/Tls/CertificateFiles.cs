using System.Security.Cryptography;
using System.Text;

namespace LlamaGate.Api.Tls;

/// <summary>
/// A certificate and its key, such as the files of TLS_CERT and TLS_KEY. They are read completely each time: a hash of the content shows every change, even when the paths
/// are symbolic links that are swapped, as certbot and Kubernetes do.
/// </summary>
/// <param name="certificatePath">PEM, with the chain.</param>
/// <param name="keyPath">PEM; it may be the same file.</param>
/// <param name="certificateName">The setting that names the first file, for messages.</param>
/// <param name="keyName">The setting that names the second.</param>
internal sealed class CertificateFiles(
    string certificatePath, string keyPath, string certificateName = "TLS_CERT", string keyName = "TLS_KEY")
{
    /// <summary>Far larger than any certificate chain or key.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Reads what the files contain now. It does not throw: a file that cannot be read becomes a complaint.</summary>
    public CertificateReading Read()
    {
        var complaints = new List<string>();
        var certificate = Read(certificateName, certificatePath, complaints);
        var key = keyPath == certificatePath ? certificate : Read(keyName, keyPath, complaints);
        return new CertificateReading(certificate, key, Stamp(certificate, key, complaints), complaints)
        {
            CertificateName = certificateName,
            KeyName = keyName,
        };
    }

    private static string Read(string variable, string path, List<string> complaints)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= MaxBytes)
            {
                return Encoding.Latin1.GetString(buffer, 0, length);
            }

            complaints.Add($"{variable}: \"{path}\" is larger than 1 MiB, so it is not a PEM file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            complaints.Add($"{variable}: \"{path}\" cannot be read: {ReasonOf(exception, path)}");
        }

        return "";
    }

    private static string ReasonOf(Exception exception, string path) => exception switch
    {
        _ when Directory.Exists(path) => "it is a directory",
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "this user has no permission",
        _ => "the system refused it",
    };

    private static string Stamp(string certificate, string key, List<string> complaints) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', [certificate, key, .. complaints]))));
}
