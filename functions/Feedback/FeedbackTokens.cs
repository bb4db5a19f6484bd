using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CityBrain.Cases;
using CityBrain.Sharing;

namespace CityBrain.Feedback;

/// <summary>
/// Links by which a reporter answers without an account. A token names the case and the feedback round and is signed, so it can be made
/// again at any time and cannot be guessed; it is good for its own round only.
/// </summary>
public sealed class FeedbackTokens(ReporterVault vault)
{
    private const int CaseIdLength = 20;
    private const int RoundLength = 2;
    private const int SignatureBytes = 12;

    /// <summary>The token of a round, 1 to 99.</summary>
    public string Create(string caseId, int round)
    {
        var subject = caseId + round.ToString("D2", CultureInfo.InvariantCulture);
        return subject + Base64Url.EncodeToString(vault.Sign("feedback", subject).AsSpan(0, SignatureBytes));
    }

    /// <summary>The case and round of a token; null when it was not made here.</summary>
    public (string CaseId, int Round)? Read(string token)
    {
        if (token.Length < CaseIdLength + RoundLength
            || !CaseKeys.IsCaseId(token[..CaseIdLength])
            || !int.TryParse(token.AsSpan(CaseIdLength, RoundLength), NumberStyles.None, CultureInfo.InvariantCulture, out var round))
        {
            return null;
        }

        var expected = Create(token[..CaseIdLength], round);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token)) ? (token[..CaseIdLength], round) : null;
    }
}
