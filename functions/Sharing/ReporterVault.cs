using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.Language;
using Microsoft.Extensions.Options;

namespace CityBrain.Sharing;

/// <summary>Settings of the vault, section <c>Vault</c>.</summary>
public sealed class VaultOptions
{
    /// <summary>256-bit key in base64, from Key Vault on Azure. Losing it loses the contacts; changing it makes old ones unreadable.</summary>
    [Required(ErrorMessage = "Set Vault:Key to 32 random bytes in base64, for example from `openssl rand -base64 32`.")]
    public string Key { get; set; } = "";
}

/// <summary>A person's contact and exact words, as intake received them.</summary>
public sealed record ReporterRecord(string? Name, string? Phone, string? Email, string? Address, string Title, string Text);

/// <summary>
/// Keeps personal data apart from the case, encrypted with AES-GCM and bound to its case id. Nothing else in the city stores any.
/// </summary>
public sealed class ReporterVault(CityTables tables, IOptions<VaultOptions> options)
{
    private const string Row = "reporter";
    private readonly byte[] _sealKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, KeyOf(options.Value), 32, info: "seal"u8.ToArray());
    private readonly byte[] _signKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, KeyOf(options.Value), 32, info: "sign"u8.ToArray());

    /// <summary>Stores the record of a case; the same case again keeps the first one.</summary>
    public async Task StoreAsync(string caseId, ReporterRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Vault.AddEntityAsync(new TableEntity(caseId, Row) { ["Sealed"] = Seal(caseId, CityJson.Write(record)) }, cancellationToken);
        }
        catch (RequestFailedException repeated) when (repeated.Status == 409)
        {
            // The same appeal again: what it said first stays.
        }
    }

    /// <summary>Reads the record of a case; null when there is none. Callers must have a reason and write it to the history.</summary>
    /// <exception cref="CryptographicException">The key is not the one that sealed it, or the data was changed.</exception>
    public async Task<ReporterRecord?> ReadAsync(string caseId, CancellationToken cancellationToken)
    {
        var found = await tables.Vault.GetEntityIfExistsAsync<TableEntity>(caseId, Row, cancellationToken: cancellationToken);
        return found.HasValue ? CityJson.Read<ReporterRecord>(Open(caseId, found.Value!.GetBinary("Sealed")!)) : null;
    }

    /// <summary>
    /// A pseudonym of a person: the same for the same phone, or else e-mail, and useless without the key. Null when neither is known.
    /// </summary>
    public string? PseudonymOf(string? phone, string? email)
    {
        var digits = NationalNumber(phone ?? "");
        var identity = digits.Length >= 5 ? "tel:" + digits : string.IsNullOrWhiteSpace(email) ? null : "mail:" + email.Trim().ToUpperInvariant();
        return identity is null ? null : Convert.ToHexStringLower(HMACSHA256.HashData(_signKey, Encoding.UTF8.GetBytes(identity)).AsSpan(0, 12));
    }

    /// <summary>A signature that only this city can make, for links; the purpose keeps uses apart.</summary>
    public byte[] Sign(string purpose, string text) => HMACSHA256.HashData(_signKey, Encoding.UTF8.GetBytes(purpose + "\n" + text));

    /// <summary>
    /// The digits of a number without international prefix, the country codes of China and North America, and the trunk zero. Eleven digits
    /// from 13 to 19 without a plus are a Chinese mobile, though North America writes its trunk 1 the same way.
    /// </summary>
    private static string NationalNumber(string phone)
    {
        var text = HalfWidth.Fold(phone).Trim();
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isInternational = text.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal);
        digits = digits.TrimStart('0');
        var countryCode = digits switch
        {
            ['8', '6', ..] when isInternational || (digits.Length == 13 && digits[2] == '1') => 2,
            ['1', ..] when digits.Length == 11 && (isInternational || digits[1] == '2') => 1,
            _ => 0,
        };
        return digits[countryCode..].TrimStart('0');
    }

    private byte[] Seal(string caseId, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedData = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var (nonce, tag, cipher) = Parts(sealedData);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_sealKey, AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span, Encoding.UTF8.GetBytes(caseId));
        return sealedData;
    }

    private string Open(string caseId, byte[] sealedData)
    {
        if (sealedData.Length < AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)
        {
            throw new CryptographicException($"The sealed record of case {caseId} is cut short.");
        }

        var (nonce, tag, cipher) = Parts(sealedData);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(_sealKey, AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain, Encoding.UTF8.GetBytes(caseId));
        return Encoding.UTF8.GetString(plain);
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(byte[] data)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        return (data.AsMemory(0, nonce), data.AsMemory(nonce, tag), data.AsMemory(nonce + tag));
    }

    private static byte[] KeyOf(VaultOptions options)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(options.Key, key, out var length) && length == key.Length
            ? key
            : throw new OptionsValidationException(nameof(VaultOptions), typeof(VaultOptions), ["Vault:Key must be exactly 32 bytes in base64, for example from `openssl rand -base64 32`."]);
    }
}
