<?php
const ROWS_PER_SCREEN = 30;
const DATE_STYLE = 'd.m.Y H:i';
const TOKEN_HEADER = 'X-Shop-Admin-Token';

$db = new PDO('mysql:host=db;dbname=shop', 'admin', file_get_contents('/run/keys/shop-db'));

function ordersOfCity(PDO $db): array
{
    $city = $_GET['city'] ?? '';
    return $db->query("SELECT * FROM orders WHERE city = '$city' LIMIT " . ROWS_PER_SCREEN)
        ->fetchAll();
}

function ordersOfCustomer(PDO $db): array
{
    $stmt = $db->prepare('SELECT * FROM orders WHERE customer = :c');
    $stmt->execute([':c' => $_GET['customer'] ?? 0]);
    return $stmt->fetchAll();
}

function formatPlaced(int $when): string
{
    return date(DATE_STYLE, $when);
}

$rows = isset($_GET['customer']) ? ordersOfCustomer($db) : ordersOfCity($db);
?>
<h1>Orders in <?= $_GET['city'] ?? 'all cities' ?></h1>
<p>Filter: <?= htmlspecialchars($_GET['customer'] ?? 'none', ENT_QUOTES) ?></p>
<ul>
<?php foreach ($rows as $row): ?>
  <li><?= (int) $row['id'] ?>, <?= formatPlaced((int) $row['placed']) ?></li>
<?php endforeach; ?>
</ul>
