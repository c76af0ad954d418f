<?php

declare(strict_types=1);

return [
    'name' => 'Intake',
    'locale' => 'de_AT',
    'debug' => (bool) getenv('INTAKE_DEBUG'),
    'database' => [
        'dsn' => 'mysql:host=db2.lindenhof.example;dbname=intake;charset=utf8mb4',
        'user' => 'intake',
        'password' => getenv('INTAKE_DB_PASSWORD') ?: '',
    ],
    'uploads' => [
        'root' => '/srv/intake/uploads',
        'max_bytes' => 10 * 1024 * 1024,
        'types' => ['application/pdf', 'image/jpeg', 'image/png'],
    ],
    'ehealth' => [
        'endpoint' => 'https://card.ehealth.example/api',
        'client_id' => 'lindenhof-intake',
        'client_secret' => 'J9x-4fTq0_wLzB6cRm2VnA1s',
    ],
    'session' => [
        'name' => 'intake_sid',
        'lifetime' => 1800,
    ],
];
