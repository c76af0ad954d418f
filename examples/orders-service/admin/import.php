<?php
const THUMB_WIDTH = 320;
const IMPORT_BATCH = 200;
const PICTURE_DIR = '/var/lib/shop/pictures';

function makeThumb(): void
{
    $picture = $_POST['picture'];
    shell_exec('convert ' . $picture . ' -resize ' . THUMB_WIDTH . ' /tmp/thumb.png');
}

function pictureSize(): string
{
    $picture = escapeshellarg(PICTURE_DIR . '/' . basename($_POST['picture']));
    return (string) shell_exec("identify -format '%wx%h' $picture");
}

function readTemplate(): string
{
    $kind = $_GET['template'] ?? 'default';
    return file_get_contents("/usr/share/shop/templates/$kind");
}

function pictureBytes(): int
{
    return filesize(PICTURE_DIR . '/' . basename($_GET['name']));
}

function importState(): array
{
    return unserialize(base64_decode($_COOKIE['import_state']));
}

function columnMap(): array
{
    $text = $_POST['columns'] ?? 'a:0:{}';
    return (array) unserialize($text, ['allowed_classes' => false]);
}

function batches(array $lines): array
{
    return array_chunk($lines, IMPORT_BATCH);
}
