<?php

declare(strict_types=1);

namespace Lindenhof\Intake\Service;

use RuntimeException;

/**
 * Pictures and letters that come with a form.
 */
final class Uploads
{
    public function __construct(private readonly string $root)
    {
    }

    public function keep(int $submission, array $file): string
    {
        $folder = sprintf('%s/%07d', $this->root, $submission);
        if (!is_dir($folder) && !mkdir($folder, 0750)) {
            throw new RuntimeException("cannot create {$folder}");
        }
        $name = bin2hex(random_bytes(8)) . '.' . $this->extension($file['tmp_name']);
        move_uploaded_file($file['tmp_name'], $folder . '/' . $name);
        $this->scan($folder . '/' . $name);
        return $name;
    }

    public function read(int $submission, string $name): string
    {
        $path = sprintf('%s/%07d/%s', $this->root, $submission, basename($name));
        return (string) file_get_contents($path);
    }

    public function readScan(string $day, string $name): string
    {
        $path = $this->root . '/scans/' . $day . '/' . $name;
        return (string) file_get_contents($path);
    }

    /** Turns a picture upright; the scanner at the counter tells the angle. */
    public function rotate(int $submission, string $name, string $angle): void
    {
        $path = sprintf('%s/%07d/%s', $this->root, $submission, basename($name));
        exec("mogrify -rotate $angle " . escapeshellarg($path), $output, $status);
        if ($status !== 0) {
            throw new RuntimeException(implode("\n", $output));
        }
    }

    public function shrink(string $path, int $width): void
    {
        exec(sprintf('mogrify -resize %d %s', $width, escapeshellarg($path)));
    }

    /** A name for the picture that stays the same when it is sent twice. */
    public function cacheName(string $path): string
    {
        return 'thumb_' . md5_file($path) . '.jpg';
    }

    private function scan(string $path): void
    {
        $report = shell_exec('clamscan --no-summary ' . escapeshellarg($path));
        if ($report !== null && str_contains($report, 'FOUND')) {
            unlink($path);
            throw new RuntimeException('the file is infected');
        }
    }

    private function extension(string $path): string
    {
        return match (mime_content_type($path)) {
            'application/pdf' => 'pdf',
            'image/png' => 'png',
            default => 'jpg',
        };
    }
}
