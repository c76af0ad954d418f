<?php

declare(strict_types=1);

use Lindenhof\Intake\Controller\FormController;
use Lindenhof\Intake\Repository\SubmissionRepository;
use Lindenhof\Intake\Service\Insurance;
use Lindenhof\Intake\Service\Uploads;

require __DIR__ . '/vendor/autoload.php';

$config = require __DIR__ . '/config/app.php';
session_name($config['session']['name']);
session_start();

$uploads = new Uploads($config['uploads']['root']);
$insurance = new Insurance($config['ehealth']);
$pdo = new PDO($config['database']['dsn'], $config['database']['user'],
    $config['database']['password'], [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$forms = new FormController(new SubmissionRepository($pdo), $uploads, $insurance);

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
match ($path) {
    '/intake' => $forms->show($_GET),
    '/intake/store' => $forms->store($_POST, $_FILES),
    '/intake/draft' => $forms->draft($_POST),
    '/intake/preview' => $forms->preview($_POST),
    '/intake/help' => $forms->help($_GET),
    '/intake/find' => $forms->find($_GET),
    '/intake/page' => $forms->page($_GET),
    '/intake/scan' => $forms->scan($_GET),
    '/intake/rotate' => $uploads->rotate((int) $_POST['id'], $_POST['name'], $_POST['angle']),
    '/intake/fee' => print $insurance->fee($_POST['formula'], (int) $_POST['minutes'], true),
    default => http_response_code(404),
};
