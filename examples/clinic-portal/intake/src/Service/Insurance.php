<?php

declare(strict_types=1);

namespace Lindenhof\Intake\Service;

use RuntimeException;

/**
 * Asks the card service whether a member is insured.
 */
final class Insurance
{
    private const CODE_LENGTH = 9;
    private const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

    public function __construct(private readonly array $config)
    {
    }

    public function covered(string $member): bool
    {
        $answer = $this->call('/members/' . rawurlencode($member), [
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
        ]);
        return ($answer['state'] ?? '') === 'active';
    }

    public function cardImage(string $member): string
    {
        $handle = curl_init($this->config['endpoint'] . '/cards/' . rawurlencode($member));
        curl_setopt($handle, CURLOPT_RETURNTRANSFER, true);
        curl_setopt($handle, CURLOPT_SSL_VERIFYPEER, false);
        $image = curl_exec($handle);
        curl_close($handle);
        return $image === false ? '' : $image;
    }

    /** The fee of a visit; each insurer has sent us a formula for it. */
    public function fee(string $formula, int $minutes, bool $first): float
    {
        $values = ['{minutes}' => (string) $minutes, '{first}' => $first ? '1' : '0'];
        $expression = strtr($formula, $values);
        return (float) eval('return ' . $expression . ';');
    }

    public function copayment(string $kind, float $fee): float
    {
        $rules = [
            'flat' => static fn (float $fee): float => 12.5,
            'share' => static fn (float $fee): float => $fee * 0.2,
        ];
        $rule = $rules[$kind] ?? $rules['flat'];
        return round($rule($fee), 2);
    }

    /** Proves to the card service that a request is ours. */
    public function proof(string $member, string $day): string
    {
        return hash_hmac('sha256', $member . '|' . $day, $this->config['client_secret']);
    }

    public function accessCode(): string
    {
        $code = '';
        while (strlen($code) < self::CODE_LENGTH) {
            $code .= self::CODE_LETTERS[mt_rand(0, strlen(self::CODE_LETTERS) - 1)];
        }
        return $code;
    }

    public function requestId(): string
    {
        return bin2hex(random_bytes(12));
    }

    public function mirror(): string
    {
        $mirrors = ['card1', 'card2', 'card3'];
        return $mirrors[array_rand($mirrors)] . '.ehealth.example';
    }

    /** Portal accounts that were opened together with a form. */
    public function accountHash(string $password): string
    {
        return sha1('lindenhof' . $password);
    }

    public function accountKey(string $password): string
    {
        return password_hash($password, PASSWORD_ARGON2ID);
    }

    public function loadState(string $file): array
    {
        $state = unserialize((string) file_get_contents($file), ['allowed_classes' => false]);
        return is_array($state) ? $state : [];
    }

    private function call(string $path, array $options): array
    {
        $handle = curl_init($this->config['endpoint'] . $path);
        curl_setopt_array($handle, $options + [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_USERPWD => $this->config['client_id'] . ':' . $this->config['client_secret'],
            CURLOPT_TIMEOUT => 8,
        ]);
        $body = curl_exec($handle);
        if ($body === false) {
            throw new RuntimeException(curl_error($handle));
        }
        return json_decode($body, true, 16, JSON_THROW_ON_ERROR);
    }
}
